namespace Albireo.Science.Background;

/// <summary>How the noise of a box follows from the pixels that clipping leaves.</summary>
public enum BackgroundSpread
{
    /// <summary>The standard deviation about the mean, divided by n.</summary>
    StandardDeviation,

    /// <summary>1.4826… times the median absolute deviation from the median.</summary>
    MedianAbsoluteDeviation,

    /// <summary>Tukey's biweight scale with c = 9 (Beers, Flynn &amp; Gebhardt 1990).</summary>
    Biweight,
}
