namespace Albireo.Science.Images;

/// <summary>The pixel values shown as black and as white.</summary>
/// <param name="Low">Black, in the pixels' unit.</param>
/// <param name="High">White; a value not above <paramref name="Low"/> shows two tones only.</param>
public readonly record struct DisplayRange(double Low, double High)
{
    /// <summary>Between two percentiles of the defined pixels, interpolated linearly as in numpy.</summary>
    /// <param name="pixels">Any order; NaN and infinities are left out.</param>
    /// <param name="lowPercent">0 … 100.</param>
    /// <param name="highPercent">0 … 100, not below <paramref name="lowPercent"/>.</param>
    /// <returns>NaN limits where no pixel is defined.</returns>
    public static DisplayRange OfPercentiles(ReadOnlySpan<float> pixels, double lowPercent = 5, double highPercent = 95)
    {
        Span<double> values = stackalloc double[2];
        PixelRanks.Percentiles(pixels, [lowPercent, highPercent], values);
        return new DisplayRange(values[0], values[1]);
    }

    /// <summary>
    /// IRAF's zscale: a line is fitted to the sorted values of a sample, values far from it are rejected, and the range is what the line
    /// would span if it were <c>1 / contrast</c> times as steep. The definition is astropy's <c>ZScaleInterval</c>.
    /// </summary>
    /// <param name="pixels">The picture, row after row; NaN and infinities are left out.</param>
    /// <param name="contrast">Above 0; 0.25 in IRAF.</param>
    /// <param name="sampleCount">Pixels that are looked at, evenly spaced over the defined ones.</param>
    /// <returns>NaN limits where no pixel is defined.</returns>
    public static DisplayRange OfZScale(ReadOnlySpan<float> pixels, double contrast = 0.25, int sampleCount = 1000) =>
        ZScale.Find(pixels, contrast, sampleCount);
}
