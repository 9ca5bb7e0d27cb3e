using Albireo.Science.Numerics;

namespace Albireo.Pipeline.Options;

/// <summary>What a matched frame must show to be measured; what is not given sets no limit.</summary>
public sealed record MatchLimits
{
    /// <summary>Stars that the frame shares with the reference.</summary>
    public int? MinimumMatchedStars
    {
        get;
        init => field = value is { } v ? Require.Positive(v) : null;
    }

    /// <summary>How far the middle of the frame may have moved, pixels.</summary>
    public double? MaximumShiftPixels
    {
        get;
        init => field = value is { } v ? Require.Positive(v) : null;
    }

    /// <summary>Brightness of the matched stars per second against that in the reference, the median.</summary>
    public double? MinimumTransparency
    {
        get;
        init => field = value is { } v ? Require.Positive(v) : null;
    }

    /// <summary>How far the frame may be turned against the reference, degrees; a meridian flip counts as 180.</summary>
    public double? MaximumRotationDegrees
    {
        get;
        init => field = value is { } v ? Require.Between(v, 0, 180) : null;
    }
}
