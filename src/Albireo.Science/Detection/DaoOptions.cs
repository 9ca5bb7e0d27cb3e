using Albireo.Science.Numerics;

namespace Albireo.Science.Detection;

/// <summary>Limits of <see cref="DaoStarFinder"/>; names and defaults are those of photutils' DAOStarFinder.</summary>
public sealed record DaoOptions
{
    /// <summary>Threshold in the picture's units; it is scaled by the kernel's noise.</summary>
    public required double Threshold
    {
        get;
        init => field = Require.Positive(value);
    }

    /// <summary>FWHM of the kernel along its long axis, pixels.</summary>
    public required double FwhmPixels
    {
        get;
        init => field = Require.Positive(value);
    }

    /// <summary>Short axis over long axis of the kernel, (0, 1].</summary>
    public double Ratio
    {
        get;
        init => field = Require.Between(Require.Positive(value), 0, 1);
    } = 1;

    /// <summary>From +x towards +y to the kernel's long axis.</summary>
    public double AngleDegrees { get; init; }

    /// <summary>Where the kernel ends, in its σ.</summary>
    public double SigmaRadius
    {
        get;
        init => field = Require.Positive(value);
    } = 1.5;

    /// <summary>Sharpness must be above this.</summary>
    public double SharpnessLow { get; init; } = 0.2;

    /// <summary>Sharpness must be below this.</summary>
    public double SharpnessHigh { get; init; } = 1.0;

    /// <summary>Both roundnesses must be above this.</summary>
    public double RoundnessLow { get; init; } = -1.0;

    /// <summary>Both roundnesses must be below this.</summary>
    public double RoundnessHigh { get; init; } = 1.0;

    /// <summary>Level taken off peak and flux only.</summary>
    public double Sky { get; init; }

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
