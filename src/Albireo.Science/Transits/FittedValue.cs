namespace Albireo.Science.Transits;

/// <summary>One number of a fit.</summary>
/// <param name="Name">snake_case, such as <c>rp_rs</c>.</param>
/// <param name="Value">Median of the samples, or the held value.</param>
/// <param name="ErrorMinus">Median minus the 15.87th percentile.</param>
/// <param name="ErrorPlus">The 84.13th percentile minus the median.</param>
/// <param name="Unit">Such as <c>d</c> or <c>deg</c>; empty for a pure number.</param>
/// <param name="Prior">In words; <c>derived</c> where the number follows from others.</param>
public sealed record FittedValue(string Name, double Value, double ErrorMinus, double ErrorPlus, string Unit, string Prior)
{
    /// <summary>Mean of both errors.</summary>
    public double Error => 0.5 * (ErrorMinus + ErrorPlus);
}
