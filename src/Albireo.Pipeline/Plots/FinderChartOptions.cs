using Albireo.Science.Images;

namespace Albireo.Pipeline.Plots;

/// <summary>What a finder chart shows beside the picture.</summary>
public sealed record FinderChartOptions
{
    public required string Title { get; init; }
    public string? Subtitle { get; init; }
    public IReadOnlyList<FinderStar> Stars { get; init; } = [];
    public double? ApertureRadiusPixels { get; init; }
    public double? AnnulusInnerPixels { get; init; }
    public double? AnnulusOuterPixels { get; init; }

    /// <summary>Direction of north on the picture (columns, rows; any length); null if it is not known.</summary>
    public PixelPosition? North { get; init; }

    /// <summary>Direction of east.</summary>
    public PixelPosition? East { get; init; }
    public double? PixelScaleArcsec { get; init; }

    /// <summary>Null for the percentiles 20 … 99.7 of the picture.</summary>
    public DisplayRange? Range { get; init; }
    public StretchCurve Curve { get; init; } = StretchCurve.Asinh;

    /// <summary>First row at the top; without it at the bottom.</summary>
    public bool FlipVertical { get; init; }
    public bool FlipHorizontal { get; init; }

    /// <summary>Bigger pictures are shrunk to fit, on either side.</summary>
    public int MaximumPicturePixels { get; init; } = 1000;
}
