using Albireo.Science.Numerics;

namespace Albireo.Science.Simulation;

/// <summary>
/// A transit as plain as can be: a trapezoid with rounded shoulders (a cubic in and out), its depth and duration exact by construction.
/// </summary>
/// <param name="MiddleJulianDate">Mid-transit, in the scale of the dates that it is asked for.</param>
/// <param name="DurationDays">From first to last contact.</param>
/// <param name="IngressDays">From first to second contact; at most half of the duration.</param>
/// <param name="Depth">Loss of light between second and third contact, 0 … 1.</param>
public sealed record TransitShape(double MiddleJulianDate, double DurationDays, double IngressDays, double Depth)
{
    /// <summary>From first to last contact, days.</summary>
    public double DurationDays { get; init; } = Require.Positive(DurationDays, nameof(DurationDays));

    /// <summary>From first to second contact, days.</summary>
    public double IngressDays { get; init; } = Require.Between(IngressDays, 0, DurationDays / 2, nameof(IngressDays));

    /// <summary>Loss of light between second and third contact.</summary>
    public double Depth { get; init; } = Require.Between(Depth, 0, 1, nameof(Depth));

    /// <summary>Brightness against that out of transit.</summary>
    public double FluxAt(double julianDate)
    {
        double inside = (DurationDays / 2) - Math.Abs(julianDate - MiddleJulianDate);
        if (inside <= 0)
        {
            return 1;
        }
        double s = inside >= IngressDays ? 1 : inside / IngressDays;
        return 1 - (Depth * s * s * (3 - (2 * s)));
    }
}
