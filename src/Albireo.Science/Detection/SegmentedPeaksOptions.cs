using Albireo.Science.Numerics;

namespace Albireo.Science.Detection;

/// <summary>Limits of <see cref="SegmentedPeaks"/>; defaults are those of prose's PointSourceDetection.</summary>
public sealed record SegmentedPeaksOptions
{
    /// <summary>Threshold above the picture's median, in σ.</summary>
    public double ThresholdSigma
    {
        get;
        init => field = Require.Positive(value);
    } = 4;

    /// <summary>Areas must have more pixels than this.</summary>
    public double MinimumArea
    {
        get;
        init => field = Require.NotNegative(value);
    } = 3;

    /// <summary>The short axis of the ellipse with the area's second moments must be longer than this, pixels.</summary>
    public double MinimumMinorAxisPixels
    {
        get;
        init => field = Require.NotNegative(value);
    } = 2;

    /// <summary>Stars closer than this to a brighter one are left out; 0 keeps all.</summary>
    public double MinimumSeparationPixels
    {
        get;
        init => field = Require.NotNegative(value);
    }

    /// <summary>Keep only areas without holes (Euler number 1).</summary>
    public bool WithoutHoles { get; init; } = true;

    /// <summary>Keep only this many of the highest peaks; 0 keeps all.</summary>
    public int MaximumStars
    {
        get;
        init => field = Require.NotNegative(value);
    }
}
