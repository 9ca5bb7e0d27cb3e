namespace Albireo.Science.Photometry;

/// <summary>How the sky under a star follows from the pixels of its annulus that clipping leaves.</summary>
public enum SkyEstimator
{
    /// <summary>Their mean: variance σ²/n, and the better choice where the sky is digitised coarsely.</summary>
    Mean,

    /// <summary>Their median: variance π/2 · σ²/n.</summary>
    Median,

    /// <summary>3 · median − 2 · mean (DAOPHOT's rule, Stetson 1987): variance (9π/2 − 8) σ²/n.</summary>
    Mode,
}
