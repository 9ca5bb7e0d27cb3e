using Albireo.Science.Detection;
using Albireo.Science.Numerics;

namespace Albireo.Pipeline.Options;

/// <summary>Limits of the method <c>dao</c>; all are strict, as in photutils' DAOStarFinder.</summary>
public sealed record DaoFinderOptions
{
    /// <summary>Threshold in median σ of the background mesh.</summary>
    public double ThresholdSigma
    {
        get;
        init => field = Require.Positive(value);
    } = 5;

    /// <summary>FWHM of the kernel along its long axis.</summary>
    public double FwhmPixels
    {
        get;
        init => field = Require.Between(value, 0.5, 50);
    } = 3;

    /// <summary>Short axis over long axis of the kernel.</summary>
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

    public double SharpnessLow { get; init; } = 0.2;
    public double SharpnessHigh { get; init; } = 1.0;
    public double RoundnessLow { get; init; } = -1.0;
    public double RoundnessHigh { get; init; } = 1.0;

    /// <summary>Level taken off peak and flux only.</summary>
    public double Sky { get; init; }

    /// <summary>Leave out peaks within the kernel's radius of the border.</summary>
    public bool ExcludeBorder { get; init; }

    /// <summary>Keep this many of the brightest; 0 keeps all.</summary>
    public int Brightest
    {
        get;
        init => field = Require.NotNegative(value);
    }

    /// <summary>Peaks must be below this; not given: no limit.</summary>
    public double? PeakMaximum { get; init; }

    /// <summary>With the threshold in the picture's units.</summary>
    public DaoOptions For(double noise) =>
        new()
        {
            Threshold = Math.Max(ThresholdSigma * noise, double.Epsilon),
            FwhmPixels = FwhmPixels,
            Ratio = Ratio,
            AngleDegrees = AngleDegrees,
            SigmaRadius = SigmaRadius,
            SharpnessLow = SharpnessLow,
            SharpnessHigh = SharpnessHigh,
            RoundnessLow = RoundnessLow,
            RoundnessHigh = RoundnessHigh,
            Sky = Sky,
            ExcludeBorder = ExcludeBorder,
            Brightest = Brightest,
            PeakMaximum = PeakMaximum ?? double.NaN,
        };
}
