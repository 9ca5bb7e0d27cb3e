namespace Albireo.Pipeline.Stages;

/// <summary>A frame; what belongs to lights only is left out for others.</summary>
public sealed record FileTruth
{
    public required string Name { get; init; }
    public required string Kind { get; init; }
    public required string StartUtc { get; init; }
    public required double ExposureS { get; init; }
    public required int CosmicRayPixels { get; init; }
    public double? JdUtcMid { get; init; }
    public double? Airmass { get; init; }
    public double? FwhmPixels { get; init; }
    public double? Transparency { get; init; }
    public double? RotationDegrees { get; init; }
    public bool? Mirrored { get; init; }

    /// <summary>Brightness of the target against its own out of transit.</summary>
    public double? TargetFactor { get; init; }

    /// <summary>Where each star of the list lies in this frame.</summary>
    public IReadOnlyList<double>? X { get; init; }
    public IReadOnlyList<double>? Y { get; init; }

    /// <summary>What each star gives over the whole plane, ADU of the calibrated frame.</summary>
    public IReadOnlyList<double>? FluxAdu { get; init; }
}
