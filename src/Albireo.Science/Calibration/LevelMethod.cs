namespace Albireo.Science.Calibration;

/// <summary>What stands for the level of a frame, by which flats are made comparable.</summary>
public enum LevelMethod
{
    /// <summary>Median of the defined pixels.</summary>
    Median,

    /// <summary>Mean of the defined pixels.</summary>
    Mean,

    /// <summary>Half-sample mode: the densest place of the distribution (Bickel &amp; Frühwirth 2006).</summary>
    HalfSampleMode,

    /// <summary>The most frequent value exactly as it stands; of several the smallest. Only sensible for whole numbers.</summary>
    ExactMode,
}
