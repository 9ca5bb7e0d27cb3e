using Albireo.Science.Numerics;

namespace Albireo.Science.LightCurves;

/// <summary>A target's flux over the weighted sum of its comparison stars.</summary>
public static class DifferentialPhotometry
{
    /// <summary>
    /// T / Σ wC with propagated errors: σ² = (σ_T / E)² + (T σ_E / E²)², E = Σ wC, σ_E² = Σ w²σ_C² (independent stars). A frame in which a
    /// comparison is missing or unusable stays empty and is flagged: without it the sum would jump.
    /// </summary>
    /// <param name="fluxes">[frame, star].</param>
    /// <param name="target">Index of the target star.</param>
    /// <param name="comparisons">Indices of the comparisons; not the target, none twice.</param>
    /// <param name="weights">One a comparison, 0 or more, not all 0; empty for 1 each (the summed flux).</param>
    /// <param name="unusable">Flags that make a measurement unusable, such as saturated or edge.</param>
    /// <returns>Not yet normalised.</returns>
    /// <exception cref="ArgumentException">No comparison, a comparison twice, or one that is the target.</exception>
    public static DifferentialCurve Ensemble(
        StarFluxes fluxes,
        int target,
        ReadOnlySpan<int> comparisons,
        ReadOnlySpan<double> weights = default,
        uint unusable = 0
    )
    {
        CheckStars(fluxes, target, comparisons, weights);
        int frames = fluxes.Frames;
        var curve = new DifferentialCurve
        {
            RelativeFlux = new double[frames],
            RelativeFluxError = new double[frames],
            EnsembleFlux = new double[frames],
            EnsembleFluxError = new double[frames],
            ComparisonMissing = new bool[frames],
            TargetMissing = new bool[frames],
        };
        for (int frame = 0; frame < frames; frame++)
        {
            int row = frame * fluxes.Stars;
            double sum = 0;
            double variance = 0;
            bool missing = false;
            for (int c = 0; c < comparisons.Length; c++)
            {
                double weight = weights.IsEmpty ? 1 : weights[c];
                if (weight == 0)
                {
                    continue;
                }
                missing |= !fluxes.IsUsable(frame, comparisons[c], unusable);
                sum += weight * fluxes.Flux[row + comparisons[c]];
                variance += Square(weight * fluxes.Error[row + comparisons[c]]);
            }
            missing |= !(sum > 0);
            bool noTarget = !fluxes.IsUsable(frame, target, unusable);
            double flux = fluxes.Flux[row + target];
            curve.ComparisonMissing[frame] = missing;
            curve.TargetMissing[frame] = noTarget;
            curve.EnsembleFlux[frame] = missing ? double.NaN : sum;
            curve.EnsembleFluxError[frame] = missing ? double.NaN : Math.Sqrt(variance);
            curve.RelativeFlux[frame] = missing || noTarget ? double.NaN : flux / sum;
            curve.RelativeFluxError[frame] =
                missing || noTarget
                    ? double.NaN
                    : Math.Sqrt(Square(fluxes.Error[row + target] / sum) + (Square(flux / (sum * sum)) * variance));
        }
        return curve;
    }

    /// <summary>Throws unless the stars can make a curve.</summary>
    internal static void CheckStars(StarFluxes fluxes, int target, ReadOnlySpan<int> comparisons, ReadOnlySpan<double> weights)
    {
        Require.Between(target, 0, fluxes.Stars - 1);
        if (comparisons.IsEmpty)
        {
            throw new ArgumentException("A light curve needs at least one comparison star.", nameof(comparisons));
        }
        var seen = new HashSet<int> { target };
        foreach (int comparison in comparisons)
        {
            Require.Between(comparison, 0, fluxes.Stars - 1);
            if (!seen.Add(comparison))
            {
                throw new ArgumentException(
                    comparison == target
                        ? $"Star {comparison} is the target and cannot be its comparison."
                        : $"Star {comparison} is given twice.",
                    nameof(comparisons)
                );
            }
        }
        if (weights.IsEmpty)
        {
            return;
        }
        Require.SameLength(comparisons.Length, weights.Length);
        double sum = 0;
        foreach (double weight in weights)
        {
            sum += Require.NotNegative(weight);
        }
        if (!(sum > 0))
        {
            throw new ArgumentException("All comparison stars have weight 0.", nameof(weights));
        }
    }

    private static double Square(double value) => value * value;
}
