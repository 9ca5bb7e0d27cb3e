using Albireo.Science.Images;
using Albireo.Science.Time;

namespace Albireo.Science.Simulation;

/// <summary>What is true of one simulated frame.</summary>
public sealed record FrameTruth
{
    /// <summary>What it was taken for.</summary>
    public required SimulatedFrameKind Kind { get; init; }

    /// <summary>Its place among the frames of its kind, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Start of the exposure, UTC.</summary>
    public required JulianDate Start { get; init; }

    /// <summary>Length of the exposure; 0 for a bias.</summary>
    public required double ExposureSeconds { get; init; }

    /// <summary>Indices of the pixels hit by cosmic rays.</summary>
    public IReadOnlyList<int> CosmicRayPixels { get; init; } = [];

    /// <summary>Seeing, pointing and weather of a light; null for others.</summary>
    public FrameConditions? Conditions { get; init; }

    /// <summary>Where each star of the scene lies in this light.</summary>
    public IReadOnlyList<PixelPosition> StarPositions { get; init; } = [];

    /// <summary>What each star of the scene gives in this light, electrons over the whole plane at sensitivity 1.</summary>
    public IReadOnlyList<double> StarElectrons { get; init; } = [];

    /// <summary>Brightness of each star of the scene against its magnitude, averaged over the exposure.</summary>
    public IReadOnlyList<double> StarFactors { get; init; } = [];

    /// <summary>What the air makes of each star's light in this exposure, by scintillation; about 1, and no part of the other truths.</summary>
    public IReadOnlyList<double> Scintillation { get; init; } = [];

    /// <summary>Middle of the exposure, UTC.</summary>
    public JulianDate Middle => Start.AddSeconds(ExposureSeconds / 2);
}
