namespace Albireo.Science.Numerics;

/// <summary>What one σ is when values are clipped.</summary>
public enum ClipSpread
{
    /// <summary>The standard deviation about the mean (divided by n).</summary>
    StandardDeviation,

    /// <summary>1.4826… times the median absolute deviation from the median.</summary>
    MedianAbsoluteDeviation,
}
