using Albireo.Science.Images;

namespace Albireo.Pipeline.Plots;

/// <summary>How black and white are chosen for a picture.</summary>
public abstract record ShowRange
{
    /// <summary>Between two percentiles of the pixels.</summary>
    public sealed record Percentiles(double Low = 5, double High = 95) : ShowRange
    {
        internal override DisplayRange Of(Image image) => DisplayRange.OfPercentiles(image.Pixels, Low, High);
    }

    /// <summary>IRAF's zscale.</summary>
    public sealed record ZScale(double Contrast = 0.25) : ShowRange
    {
        internal override DisplayRange Of(Image image) => DisplayRange.OfZScale(image.Pixels, Contrast);
    }

    /// <summary>The same limits for every picture.</summary>
    public sealed record Fixed(double Low, double High) : ShowRange
    {
        internal override DisplayRange Of(Image image) => new(Low, High);
    }

    internal abstract DisplayRange Of(Image image);
}
