using Albireo.Science.Numerics;

namespace Albireo.Science.Background;

/// <summary>How the sky is measured on a mesh. Defaults follow photutils' Background2D and SExtractor.</summary>
public sealed record BackgroundOptions
{
    /// <summary>Side of a box in pixels; cut down to the picture's size where that is smaller.</summary>
    public int BoxSize
    {
        get;
        init => field = Require.Positive(value);
    } = 64;

    /// <summary>Side of the median filter over the mesh, in boxes; odd, 1 = no filter.</summary>
    public int FilterSize
    {
        get;
        init =>
            field =
                value % 2 == 1
                    ? Require.Positive(value)
                    : throw new ArgumentOutOfRangeException(nameof(value), value, "FilterSize must be odd.");
    } = 3;

    /// <summary>Level of a box.</summary>
    public BackgroundEstimator Estimator { get; init; }

    /// <summary>Noise of a box.</summary>
    public BackgroundSpread Spread { get; init; }

    /// <summary>Clipping inside a box; null = none.</summary>
    public ClipOptions? Clip { get; init; } = new() { MaxIterations = 10 };

    /// <summary>
    /// A box with more than this percentage of its pixels masked, clipped or beyond the picture's edge is left out and filled in from its
    /// neighbours. At 100 only boxes without any pixel left are.
    /// </summary>
    public double ExcludePercentile
    {
        get;
        init => field = Require.Between(value, 0, 100);
    } = 10;

    /// <summary>How the mesh becomes a map.</summary>
    public BackgroundInterpolation Interpolation { get; init; }
}
