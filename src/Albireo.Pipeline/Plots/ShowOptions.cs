using Albireo.Science.Images;

namespace Albireo.Pipeline.Plots;

/// <summary>How frames become a picture.</summary>
public sealed record ShowOptions
{
    public ShowRange Range { get; init; } = new ShowRange.Percentiles();
    public StretchCurve Curve { get; init; }

    /// <summary>First row at the top; without it at the bottom, as FITS viewers have it.</summary>
    public bool FlipVertical { get; init; }
    public bool FlipHorizontal { get; init; }

    /// <summary>Name and colour bar beside each frame; null for: where there are several.</summary>
    public bool? Labels { get; init; }

    /// <summary>Frames with more columns or rows than this are shrunk, all by the same whole factor.</summary>
    public int MaximumPixels { get; init; } = 4096;

    /// <summary>In pixels of the frame.</summary>
    public double CircleRadiusPixels { get; init; } = 10;
}
