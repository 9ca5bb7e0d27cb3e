namespace Albireo.Science.LightCurves;

/// <summary>How much each comparison star counts.</summary>
public sealed record EnsembleWeights
{
    /// <summary>Star indices, as given.</summary>
    public required int[] Stars { get; init; }

    /// <summary>Weights of the fluxes divided by their means; they add up to 1.</summary>
    public required double[] Weights { get; init; }

    /// <summary>Mean flux of each star over the frames that counted.</summary>
    public required double[] Means { get; init; }

    /// <summary>Standard deviation of each star against the weighted rest, relative.</summary>
    public required double[] Scatter { get; init; }

    /// <summary>Linear trend of each star against the rest over all frames, relative; 0.01 is one per cent from first to last.</summary>
    public required double[] Trend { get; init; }

    /// <summary>Rounds until the weights stood still.</summary>
    public required int Iterations { get; init; }

    /// <summary>Whether they did.</summary>
    public required bool Converged { get; init; }

    /// <summary>Weights of the fluxes as they are, for <see cref="DifferentialPhotometry.Ensemble"/>: weight over mean.</summary>
    public double[] FluxWeights()
    {
        var weights = new double[Weights.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = Weights[i] / Means[i];
        }
        return weights;
    }
}
