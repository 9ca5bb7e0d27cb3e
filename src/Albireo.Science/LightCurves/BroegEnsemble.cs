using Albireo.Science.Numerics;

namespace Albireo.Science.LightCurves;

/// <summary>
/// The weights of Broeg, Fernández &amp; Neuhäuser (2005, Astron. Nachr. 326, 134): each comparison star is measured against the weighted
/// mean of all others, its weight is 1/σ² of that curve, and this is repeated until the weights stand still. A variable star weighs
/// itself out.
/// </summary>
public static class BroegEnsemble
{
    /// <summary>Finds the weights.</summary>
    /// <param name="fluxes">[frame, star].</param>
    /// <param name="stars">Candidates; never the target.</param>
    /// <param name="frames">Frames to judge by; every candidate must have a flux in each.</param>
    /// <param name="options">When to stop.</param>
    /// <returns>A single star has weight 1 and an unknown (NaN) scatter.</returns>
    /// <exception cref="ArgumentException">No star, fewer than two frames, a flux that is missing, or a mean that is not above zero.</exception>
    public static EnsembleWeights Weigh(StarFluxes fluxes, ReadOnlySpan<int> stars, ReadOnlySpan<int> frames, BroegOptions? options = null)
    {
        options ??= new BroegOptions();
        Check(fluxes, stars, frames);
        var matrix = new EnsembleMatrix(fluxes, stars, frames);
        if (Array.Exists(matrix.Means, m => !(m > 0)))
        {
            throw new ArgumentException("A comparison star's mean flux is not above zero.", nameof(stars));
        }
        int count = stars.Length;
        var weights = new double[count];
        var scatter = new double[count];
        var trend = new double[count];
        int iteration = 0;
        bool converged = count == 1;
        if (count == 1)
        {
            (weights[0], scatter[0], trend[0]) = (1, double.NaN, double.NaN);
        }
        else
        {
            Start(fluxes, stars, frames, matrix.Means, weights);
            var next = new double[count];
            while (!converged && iteration < options.MaximumIterations)
            {
                matrix.AgainstOthers(weights, scatter, trend);
                for (int s = 0; s < count; s++)
                {
                    double sigma = Math.Max(scatter[s], 1e-12);
                    next[s] = 1 / (sigma * sigma);
                }
                Normalise(next);
                double change = 0;
                double largest = 0;
                for (int s = 0; s < count; s++)
                {
                    change = Math.Max(change, Math.Abs(next[s] - weights[s]));
                    largest = Math.Max(largest, next[s]);
                }
                converged = change <= options.Tolerance * largest;
                next.CopyTo(weights, 0);
                iteration++;
            }
            matrix.AgainstOthers(weights, scatter, trend);
        }
        return new EnsembleWeights
        {
            Stars = stars.ToArray(),
            Weights = weights,
            Means = matrix.Means,
            Scatter = scatter,
            Trend = trend,
            Iterations = iteration,
            Converged = converged,
        };
    }

    /// <summary>First weights from the photometric errors, 1 / mean σ², as published; equal where an error is unknown.</summary>
    private static void Start(StarFluxes fluxes, ReadOnlySpan<int> stars, ReadOnlySpan<int> frames, double[] means, double[] weights)
    {
        for (int s = 0; s < stars.Length; s++)
        {
            double sum = 0;
            foreach (int frame in frames)
            {
                double error = fluxes.Error[(frame * fluxes.Stars) + stars[s]] / means[s];
                sum += error * error;
            }
            weights[s] = frames.Length / sum;
        }
        if (!Array.TrueForAll(weights, w => double.IsFinite(w) && w > 0))
        {
            Array.Fill(weights, 1);
        }
        Normalise(weights);
    }

    private static void Normalise(double[] weights)
    {
        double sum = 0;
        foreach (double weight in weights)
        {
            sum += weight;
        }
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] /= sum;
        }
    }

    private static void Check(StarFluxes fluxes, ReadOnlySpan<int> stars, ReadOnlySpan<int> frames)
    {
        if (stars.IsEmpty || frames.Length < 2)
        {
            throw new ArgumentException("Weights need at least one star and two frames.", nameof(stars));
        }
        foreach (int frame in frames)
        {
            Require.Between(frame, 0, fluxes.Frames - 1);
            foreach (int star in stars)
            {
                if (!double.IsFinite(fluxes.Flux[(frame * fluxes.Stars) + star]))
                {
                    throw new ArgumentException($"Star {star} has no flux in frame {frame}.", nameof(stars));
                }
            }
        }
    }
}
