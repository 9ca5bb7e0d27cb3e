using Albireo.Science.Numerics;

namespace Albireo.Science.Calibration;

/// <summary>
/// The answer of a detector that is not quite linear, undone: <c>true = c₁·v + c₂·v² + c₃·v³ …</c> for counts v above the bias.
/// </summary>
public sealed record Linearity
{
    /// <summary>A polynomial without a constant term.</summary>
    /// <param name="coefficients">c₁, c₂, … for ADU; c₁ is usually 1.</param>
    /// <exception cref="ArgumentException">No coefficient, or one that is not finite.</exception>
    public Linearity(IReadOnlyList<double> coefficients)
    {
        ArgumentNullException.ThrowIfNull(coefficients);
        if (coefficients.Count == 0 || coefficients.Any(c => !double.IsFinite(c)))
        {
            throw new ArgumentException("A linearity polynomial needs at least one coefficient, all of them finite.", nameof(coefficients));
        }
        Coefficients = coefficients;
    }

    /// <summary>c₁, c₂, ….</summary>
    public IReadOnlyList<double> Coefficients { get; }

    /// <summary>True counts for measured ones, both above the bias; may be in place.</summary>
    public void Correct(ReadOnlySpan<float> counts, Span<float> corrected)
    {
        Require.SameLength(counts.Length, corrected.Length);
        for (int i = 0; i < counts.Length; i++)
        {
            corrected[i] = (float)Correct(counts[i]);
        }
    }

    /// <summary>The true count for a measured one.</summary>
    public double Correct(double counts)
    {
        double sum = 0;
        for (int k = Coefficients.Count - 1; k >= 0; k--)
        {
            sum = (sum + Coefficients[k]) * counts;
        }
        return sum;
    }

    /// <summary>Multiplies variances of measured counts by the square of the polynomial's slope there.</summary>
    public void Propagate(ReadOnlySpan<float> counts, Span<float> variance)
    {
        Require.SameLength(counts.Length, variance.Length);
        for (int i = 0; i < counts.Length; i++)
        {
            double v = counts[i];
            double slope = 0;
            for (int k = Coefficients.Count - 1; k >= 0; k--)
            {
                slope = (slope * v) + ((k + 1) * Coefficients[k]);
            }
            variance[i] *= (float)(slope * slope);
        }
    }
}
