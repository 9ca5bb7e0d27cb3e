using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Science.Calibration;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Stages;

/// <summary>A master frame in memory and as a product.</summary>
public sealed record Master
{
    public required FrameKind Kind { get; init; }

    /// <summary>A frame of its group: size, binning, gain setting, offset, readout mode, temperature, filter, exposure.</summary>
    public required FrameInfo Like { get; init; }

    /// <summary>Bias and dark: ADU. Flat: median 1.</summary>
    public required Image Image { get; init; }

    /// <summary>σ of each pixel where it could be told, or null.</summary>
    public Image? Uncertainty { get; init; }

    /// <summary>Dark: whether the bias is still in it (there was none to remove).</summary>
    public bool HoldsBias { get; init; }

    /// <summary>File name of the product, for HISTORY and the report.</summary>
    public required string Name { get; init; }
    public required string Sha256 { get; init; }

    /// <summary>Which part of the product this is, for sub-frames; null for all of it.</summary>
    public PixelRegion? Section { get; init; }
    public required int FrameCount { get; init; }
    public double ExposureSeconds => Like.ExposureSeconds?.Value ?? double.NaN;
    public string Filter => Like.Filter?.Value ?? "";
}
