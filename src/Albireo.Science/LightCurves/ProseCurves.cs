namespace Albireo.Science.LightCurves;

/// <summary>What <see cref="ProseEnsemble"/> finds.</summary>
public sealed record ProseCurves
{
    /// <summary>Weights before the cut, [aperture][star]; 0 for the target.</summary>
    public required double[][] Weights { get; init; }

    /// <summary>Stars kept, by falling weight, [aperture][].</summary>
    public required int[][] Comparisons { get; init; }

    /// <summary>The target's relative flux, [aperture][frame]; not normalised by a median.</summary>
    public required double[][] RelativeFlux { get; init; }

    /// <summary>One σ, [aperture][frame].</summary>
    public required double[][] RelativeFluxError { get; init; }

    /// <summary>The aperture with the least scatter in groups of 12 points.</summary>
    public required int BestAperture { get; init; }

    /// <summary>Rounds of the weights.</summary>
    public required int Iterations { get; init; }
}
