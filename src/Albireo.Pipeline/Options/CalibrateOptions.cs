namespace Albireo.Pipeline.Options;

/// <summary>What is removed from a raw frame.</summary>
public sealed record CalibrateOptions
{
    public bool Bias { get; init; } = true;
    public bool Dark { get; init; } = true;
    public bool Flat { get; init; } = true;

    /// <summary>Sub-frames are calibrated with their part of full-frame masters.</summary>
    public bool SubFrames { get; init; } = true;

    /// <summary>Comes first, for lights and calibration frames alike.</summary>
    public OverscanChoice Overscan { get; init; } = new();

    /// <summary>Comes second, for lights and calibration frames alike.</summary>
    public TrimChoice Trim { get; init; } = new();
}
