using Albireo.Science.Detection;
using Albireo.Science.Numerics;

namespace Albireo.Pipeline.Options;

/// <summary>Limits of the method <c>iraf</c>; all are strict, as in photutils' IRAFStarFinder.</summary>
public sealed record IrafFinderOptions
{
    /// <summary>Threshold in median σ of the background mesh.</summary>
    public double ThresholdSigma
    {
        get;
        init => field = Require.Positive(value);
    } = 5;

    public double FwhmPixels
    {
        get;
        init => field = Require.Between(value, 0.5, 50);
    } = 3;

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

    public double SharpnessLow { get; init; } = 0.5;
    public double SharpnessHigh { get; init; } = 2.0;
    public double RoundnessLow { get; init; }
    public double RoundnessHigh { get; init; } = 0.2;

    /// <summary>Sky level of every star; not given: measured beside each.</summary>
    public double? Sky { get; init; }

    /// <summary>Leave out peaks within the kernel's radius of the border.</summary>
    public bool ExcludeBorder { get; init; }

    /// <summary>Keep this many of the brightest; 0 keeps all.</summary>
    public int Brightest
    {
        get;
        init => field = Require.NotNegative(value);
    }

    /// <summary>Peaks above the sky must be below this; not given: no limit.</summary>
    public double? PeakMaximum { get; init; }

    /// <summary>With the threshold in the picture's units.</summary>
    public IrafOptions For(double noise) =>
        new()
        {
            Threshold = Math.Max(ThresholdSigma * noise, double.Epsilon),
            FwhmPixels = FwhmPixels,
            SigmaRadius = SigmaRadius,
            MinimumSeparationFwhm = MinimumSeparationFwhm,
            SharpnessLow = SharpnessLow,
            SharpnessHigh = SharpnessHigh,
            RoundnessLow = RoundnessLow,
            RoundnessHigh = RoundnessHigh,
            Sky = Sky ?? double.NaN,
            ExcludeBorder = ExcludeBorder,
            Brightest = Brightest,
            PeakMaximum = PeakMaximum ?? double.NaN,
        };
}
