using Albireo.Science.Numerics;

namespace Albireo.Science.Calibration;

/// <summary>From when on a pixel is bad.</summary>
public record BadPixelOptions
{
    /// <summary>Dark current above the median by more than this many robust standard deviations of the dark makes a pixel hot.</summary>
    public double HotSigma
    {
        get;
        init => field = Require.Positive(value);
    } = 10;

    /// <summary>A pixel is hot only if its dark signal is also above the median by this much, ADU.</summary>
    public double HotAdu
    {
        get;
        init => field = Require.NotNegative(value);
    }

    /// <summary>Sensitivity against that of the 5 × 5 pixels around below which a pixel is dead.</summary>
    public double LowestResponse
    {
        get;
        init => field = Require.Between(value, 0, 1);
    } = 0.6;

    /// <summary>Sensitivity against that of the 5 × 5 pixels around above which a pixel is bad.</summary>
    public double HighestResponse
    {
        get;
        init => field = Require.Positive(value);
    } = 1.5;
}
