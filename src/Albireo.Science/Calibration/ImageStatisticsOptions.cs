using Albireo.Science.Numerics;

namespace Albireo.Science.Calibration;

/// <summary>Which pixels are counted, and how.</summary>
public sealed record ImageStatisticsOptions
{
    /// <summary>Null for the whole frame.</summary>
    public PixelRegion? Region { get; init; }

    /// <summary>Null to keep outliers.</summary>
    public ClipOptions? Clip { get; init; }

    /// <summary>
    /// The pixels are whole numbers: the mode is then the most frequent value (the smallest of several), else the half-sample mode.
    /// </summary>
    public bool WholeNumbers { get; init; }
}
