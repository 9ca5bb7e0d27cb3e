namespace Albireo.Pipeline.Inventory;

/// <summary>The calibration frames that fit one observation, ready masters among them, in time order.</summary>
public sealed record CalibrationSet
{
    public IReadOnlyList<FrameInfo> Bias { get; init; } = [];

    /// <summary>Of every exposure that there is.</summary>
    public IReadOnlyList<FrameInfo> Darks { get; init; } = [];

    /// <summary>Of the observation's filter.</summary>
    public IReadOnlyList<FrameInfo> Flats { get; init; } = [];
    public IReadOnlyList<FrameInfo> DarkFlats { get; init; } = [];

    /// <summary>What was taken from other nights, and what there is but does not fit, with the reason.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
