using Albireo.Pipeline.Inventory;
using Albireo.Science.Calibration;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Stages;

/// <summary>A master frame in memory and as a product.</summary>
public sealed record Master
{
    /// <summary>Bias, Dark, DarkFlat or Flat.</summary>
    public required FrameKind Kind { get; init; }

    /// <summary>A frame of its group: size, binning, gain setting, offset, readout mode, temperature, filter, exposure, night.</summary>
    public required FrameInfo Like { get; init; }

    /// <summary>Bias and dark: ADU. Flat: median 1.</summary>
    public required Image Image { get; init; }

    /// <summary>σ of each pixel where it could be told, or null.</summary>
    public Image? Uncertainty { get; init; }

    /// <summary>Dark: whether the bias is still in it (there was none to remove).</summary>
    public bool HoldsBias { get; init; }

    /// <summary>Dark: the product that its bias was removed with; null where none was, or where nobody knows.</summary>
    public string? FreedOf { get; init; }

    /// <summary>Dark: how much of that bias was removed: 1, of counts a second the mean of 1/exposure; its σ holds as much of the bias's.</summary>
    public double BiasShare { get; init; }

    /// <summary>Dark: whether it is in counts a second and made of darks of any exposure.</summary>
    public bool IsPerSecond { get; init; }

    /// <summary>Whether it was given as it is, and not made in this run.</summary>
    public bool IsReady { get; init; }

    /// <summary>Part of all values that no pixel rests on; NaN where it is not known.</summary>
    public double RejectedFraction { get; init; } = double.NaN;

    /// <summary>File name of the product, for HISTORY and the report.</summary>
    public required string Name { get; init; }

    /// <summary>Of the product's bytes, when they are known; a failure is that of writing it.</summary>
    public required Task<string> Hashed { get; init; }

    /// <summary>Of the product's bytes; waits for them where it is still being written.</summary>
    public string Sha256 => Hashed.GetAwaiter().GetResult();

    /// <summary>Which part of the product this is, for sub-frames; null for all of it.</summary>
    public PixelRegion? Section { get; init; }

    /// <summary>0 where a ready master does not say.</summary>
    public required int FrameCount { get; init; }
    public double ExposureSeconds => Like.ExposureSeconds?.Value ?? double.NaN;
    public string Filter => Like.Filter?.Value ?? "";
}
