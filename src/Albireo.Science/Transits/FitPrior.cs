using System.Globalization;

namespace Albireo.Science.Transits;

/// <summary>What is known of a parameter before the fit: a number that is held, a value with an error, or bounds.</summary>
/// <param name="Value">The number, the mean, or the middle of the bounds.</param>
/// <param name="Sigma">0 where held, one σ of a normal distribution, or +∞ within bounds.</param>
/// <param name="Low">Lowest value allowed.</param>
/// <param name="High">Highest value allowed.</param>
public readonly record struct FitPrior(double Value, double Sigma, double Low, double High)
{
    /// <summary>Whether the parameter is held at <see cref="Value"/>.</summary>
    public bool IsHeld => Sigma == 0;

    /// <summary>Whether the parameter is normally distributed about <see cref="Value"/>.</summary>
    public bool IsNormal => Sigma > 0 && double.IsFinite(Sigma);

    /// <summary>Held.</summary>
    public static FitPrior Held(double value) => new(Finite(value), 0, value, value);

    /// <summary>Normal distribution.</summary>
    /// <exception cref="ArgumentOutOfRangeException">σ is not above 0.</exception>
    public static FitPrior Normal(double value, double sigma) =>
        new(Finite(value), Numerics.Require.Positive(sigma), double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Anything between bounds, all equally likely.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bounds are not ascending and finite.</exception>
    public static FitPrior Uniform(double low, double high) =>
        double.IsFinite(low) && double.IsFinite(high) && low < high
            ? new(0.5 * (low + high), double.PositiveInfinity, low, high)
            : throw new ArgumentOutOfRangeException(nameof(high), high, $"The bounds {low} and {high} must be finite and ascending.");

    /// <summary>Logarithm of the density, up to a constant; −∞ outside the bounds.</summary>
    public double LogDensity(double value)
    {
        if (!(value >= Low && value <= High))
        {
            return double.NegativeInfinity;
        }
        double distance = IsNormal ? (value - Value) / Sigma : 0;
        return -0.5 * distance * distance;
    }

    /// <summary>In words: <c>held</c>, <c>6.05 ± 0.04</c> or <c>0 … 1</c>.</summary>
    public override string ToString() =>
        IsHeld ? "held"
        : IsNormal ? string.Create(CultureInfo.InvariantCulture, $"{Value} ± {Sigma}")
        : string.Create(CultureInfo.InvariantCulture, $"{Low} … {High}");

    private static double Finite(double value) =>
        double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A prior needs a finite value.");
}
