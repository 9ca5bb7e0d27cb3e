using Albireo.Science.Numerics;

namespace Albireo.Science.Detection;

/// <summary>Limits of <see cref="IrafStarFinder"/>; names and defaults are those of photutils' IRAFStarFinder.</summary>
public sealed record IrafOptions
{
    /// <summary>Least amplitude of the Gaussian that fits best, in the picture's units.</summary>
    public required double Threshold
    {
        get;
        init => field = Require.Positive(value);
    }

    /// <summary>FWHM of the stars, pixels.</summary>
    public required double FwhmPixels
    {
        get;
        init => field = Require.Positive(value);
    }

    /// <summary>Where the kernel ends, in its σ.</summary>
    public double SigmaRadius
    {
        get;
        init => field = Require.Positive(value);
    } = 1.5;

    /// <summary>Least distance of two stars, in FWHM.</summary>
    public double MinimumSeparationFwhm
    {
        get;
        init => field = Require.NotNegative(value);
    } = 2.5;

    /// <summary>Sharpness (measured FWHM over the kernel's) must be above this.</summary>
    public double SharpnessLow { get; init; } = 0.5;

    /// <summary>Sharpness must be below this.</summary>
    public double SharpnessHigh { get; init; } = 2.0;

    /// <summary>Roundness (0 for a circle) must be above this; strictly, so that exactly 0 is left out as in the original.</summary>
    public double RoundnessLow { get; init; }

    /// <summary>Roundness must be below this.</summary>
    public double RoundnessHigh { get; init; } = 0.2;

    /// <summary>Sky level to use for every star; NaN: the mean of the box's pixels outside the kernel.</summary>
    public double Sky { get; init; } = double.NaN;

    /// <summary>Leave out peaks within the kernel's radius of the border.</summary>
    public bool ExcludeBorder { get; init; }

    /// <summary>Keep this many of the brightest; 0 keeps all (in row order).</summary>
    public int Brightest
    {
        get;
        init => field = Require.NotNegative(value);
    }

    /// <summary>Peaks must be below this; NaN sets no limit.</summary>
    public double PeakMaximum { get; init; } = double.NaN;
}
