using Albireo.Science.Photometry;

namespace Albireo.Pipeline.Stages;

/// <summary>The curve of the target: one value a frame of the <see cref="FluxTable"/>, NaN where it is empty and a flag says why.</summary>
public sealed record LightCurve
{
    /// <summary>Index of the target in the table's stars.</summary>
    public required int Target { get; init; }
    public required IReadOnlyList<int> Comparisons { get; init; }
    public required int? Check { get; init; }

    /// <summary>Index of the aperture in the table's radii.</summary>
    public required int Aperture { get; init; }

    /// <summary>Point-to-point scatter for each aperture: of the check star where there is one, else of the curve.</summary>
    public required IReadOnlyList<double> ScatterByAperture { get; init; }
    public required double[] RelativeFlux { get; init; }
    public required double[] RelativeFluxError { get; init; }
    public required double[] EnsembleFlux { get; init; }

    /// <summary>The check star over the ensemble, median 1; all NaN without a check star.</summary>
    public required double[] CheckRelativeFlux { get; init; }
    public required FluxQuality[] Flags { get; init; }
    public required bool[] Used { get; init; }

    /// <summary>Standard deviation of first differences over √2, of the used points; relative.</summary>
    public required double PointToPointScatter { get; init; }
}
