namespace Albireo.Science.Background;

/// <summary>How the level of a box follows from the pixels that clipping leaves.</summary>
public enum BackgroundEstimator
{
    /// <summary>
    /// SExtractor's rule (Bertin &amp; Arnouts 1996): 2.5 · median − 1.5 · mean; the median where mean and median differ by 0.3 σ or
    /// more; the mean where σ = 0.
    /// </summary>
    SExtractor,

    /// <summary>The median.</summary>
    Median,

    /// <summary>The mean.</summary>
    Mean,

    /// <summary>3 · median − 2 · mean, as DAOPHOT's MMM estimates the mode (Stetson 1987).</summary>
    Mode,

    /// <summary>Tukey's biweight location with c = 6 (Beers, Flynn &amp; Gebhardt 1990).</summary>
    Biweight,
}
