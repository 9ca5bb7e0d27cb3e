namespace Albireo.Science.Transits;

/// <summary>What an <see cref="EnsembleSampler"/> drew.</summary>
public sealed record EnsembleChain
{
    /// <summary>Number of walkers.</summary>
    public required int Walkers { get; init; }

    /// <summary>Number of dimensions.</summary>
    public required int Dimensions { get; init; }

    /// <summary>Steps at the start that are not to be used.</summary>
    public required int BurnIn { get; init; }

    /// <summary>One array a step, row-major [walker, dimension].</summary>
    public required IReadOnlyList<double[]> Positions { get; init; }

    /// <summary>One array a step, [walker].</summary>
    public required IReadOnlyList<double[]> LogDensities { get; init; }

    /// <summary>Integrated autocorrelation time of each dimension, steps; NaN where the chain is too short to tell.</summary>
    public required double[] AutocorrelationSteps { get; init; }

    /// <summary>Part of the proposals that were accepted.</summary>
    public required double AcceptedFraction { get; init; }

    /// <summary>Whether the kept part is as long as was asked for.</summary>
    public required bool Converged { get; init; }

    /// <summary>All kept samples, row-major [sample, dimension], every <paramref name="thinning"/>-th step.</summary>
    public double[] Samples(int thinning = 1)
    {
        Numerics.Require.Positive(thinning);
        int steps = (Positions.Count - BurnIn + thinning - 1) / thinning;
        var samples = new double[steps * Walkers * Dimensions];
        for (int s = 0; s < steps; s++)
        {
            Positions[BurnIn + (s * thinning)].CopyTo(samples, s * Walkers * Dimensions);
        }
        return samples;
    }

    /// <summary>The point of the highest density found, at any step.</summary>
    public double[] Best()
    {
        double highest = double.NegativeInfinity;
        double[] best = [];
        for (int s = 0; s < Positions.Count; s++)
        {
            for (int w = 0; w < Walkers; w++)
            {
                if (LogDensities[s][w] > highest)
                {
                    highest = LogDensities[s][w];
                    best = Positions[s].AsSpan(w * Dimensions, Dimensions).ToArray();
                }
            }
        }
        return best;
    }
}
