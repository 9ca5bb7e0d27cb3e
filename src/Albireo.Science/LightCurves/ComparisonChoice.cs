namespace Albireo.Science.LightCurves;

/// <summary>Comparison stars with their weights, and why each star is in or out.</summary>
public sealed record ComparisonChoice
{
    /// <summary>Star indices, the heaviest first.</summary>
    public required int[] Comparisons { get; init; }

    /// <summary>Weights for <see cref="DifferentialPhotometry.Ensemble"/>, of the fluxes as they are.</summary>
    public required double[] FluxWeights { get; init; }

    /// <summary>One verdict a star, in the order of the stars.</summary>
    public required StarVerdict[] Verdicts { get; init; }

    /// <summary>Frames by which the stars were judged: those in which the target and at least half of the steady stars are usable.</summary>
    public required int[] JudgedFrames { get; init; }
}
