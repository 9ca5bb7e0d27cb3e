using Albireo.Science.Numerics;

namespace Albireo.Pipeline.Options;

/// <summary>What a frame must show to be matched; what is not given sets no limit.</summary>
public sealed record DetectLimits
{
    /// <summary>Stars found.</summary>
    public int? MinimumStars
    {
        get;
        init => field = value is { } v ? Require.Positive(v) : null;
    }

    public int? MaximumStars
    {
        get;
        init => field = value is { } v ? Require.Positive(v) : null;
    }

    public double? MinimumFwhmPixels
    {
        get;
        init => field = value is { } v ? Require.Positive(v) : null;
    }

    public double? MaximumFwhmPixels
    {
        get;
        init => field = value is { } v ? Require.Positive(v) : null;
    }

    /// <summary>1 − short over long axis of the stars' mean shape.</summary>
    public double? MaximumEllipticity
    {
        get;
        init => field = value is { } v ? Require.Between(v, 0, 1) : null;
    }

    /// <summary>Median background, in the unit of the calibrated frame.</summary>
    public double? MinimumSky { get; init; }
    public double? MaximumSky { get; init; }
}
