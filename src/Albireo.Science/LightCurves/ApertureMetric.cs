namespace Albireo.Science.LightCurves;

/// <summary>By what the best aperture is the best; the least wins.</summary>
public enum ApertureMetric
{
    /// <summary>Standard deviation of first differences over √2: deaf to an eclipse.</summary>
    PointToPoint,

    /// <summary>Mean standard deviation in consecutive groups of 12 points (prose's <c>binned</c>).</summary>
    Binned,

    /// <summary>Standard deviation of first differences (prose's <c>stddiff</c>).</summary>
    StandardDifference,

    /// <summary>Mean absolute first difference (prose's <c>stability</c>).</summary>
    Stability,

    /// <summary>White noise of Pont et al. (2006).</summary>
    WhiteNoise,
}
