namespace Albireo.Pipeline.Options;

/// <summary>By what the best aperture is the best; the least wins.</summary>
public enum CurveMetric
{
    /// <summary>Standard deviation of first differences over √2: deaf to an eclipse.</summary>
    PointToPoint,

    /// <summary>Mean standard deviation in consecutive groups of 12 points (prose's <c>binned</c>).</summary>
    Binned,

    /// <summary>Standard deviation of first differences (prose's <c>stddiff</c>).</summary>
    Stddiff,

    /// <summary>Mean absolute first difference (prose's <c>stability</c>).</summary>
    Stability,

    /// <summary>White noise of Pont, Zucker and Queloz (2006).</summary>
    White,
}
