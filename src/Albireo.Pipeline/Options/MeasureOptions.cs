using Albireo.Science.Numerics;
using Albireo.Science.Photometry;

namespace Albireo.Pipeline.Options;

/// <summary>How fluxes are measured.</summary>
public sealed record MeasureOptions
{
    /// <summary>Aperture radii in <see cref="RadiusUnit"/>; the curve takes the one with the least scatter.</summary>
    public IReadOnlyList<double> Radii
    {
        get;
        init =>
            field =
                value.Count == 0
                    ? throw new ArgumentException("Radii: at least one is needed.", nameof(value))
                    : [.. value.Select(v => Require.Positive(v))];
    } = [0.75, 0.9, 1.05, 1.2, 1.4, 1.6, 1.8, 2.1, 2.5, 3.0];

    public RadiusUnit RadiusUnit { get; init; } = RadiusUnit.FrameFwhm;

    /// <summary>Where the sky under a star is taken from.</summary>
    public SkySource SkyFrom { get; init; }

    /// <summary>Inner and outer radius of the sky annulus, in <see cref="RadiusUnit"/>.</summary>
    public double AnnulusInner
    {
        get;
        init => field = Require.NotNegative(value);
    } = 4;

    public double AnnulusOuter
    {
        get;
        init => field = Require.Positive(value);
    } = 7;

    /// <summary>How the sky is estimated from the clipped annulus.</summary>
    public SkyEstimator Sky { get; init; } = SkyEstimator.Mean;

    /// <summary>Annulus pixels further than this from the centre, in σ, are clipped.</summary>
    public double SkyClipSigma
    {
        get;
        init => field = Require.Positive(value);
    } = 3;

    /// <summary>Rounds of clipping at most; 0 = until nothing changes.</summary>
    public int SkyClipIterations
    {
        get;
        init => field = Require.NotNegative(value);
    } = 5;

    /// <summary>What becomes of apertures with pixels that have no usable value.</summary>
    public MaskedPixelRule MaskedPixels { get; init; }

    /// <summary>Where the errors of fluxes come from.</summary>
    public ErrorModel ErrorModel { get; init; }

    /// <summary>How the errors of pixels add up over an aperture.</summary>
    public FluxErrorRule ErrorRule { get; init; }

    /// <summary>Whether the error of the sky level is part of a flux error.</summary>
    public bool SkyError { get; init; } = true;

    /// <summary>Which scintillation enters the errors where the telescope's diameter is known.</summary>
    public ScintillationModel Scintillation { get; init; } = ScintillationModel.Young;

    /// <summary>Strength of <see cref="ScintillationModel.Osborn"/>, m^(2/3) s^(1/2).</summary>
    public double ScintillationStrength
    {
        get;
        init => field = Require.Positive(value);
    } = 1.5;

    public Recentring Recentring { get; init; } = Recentring.Windowed;

    /// <summary>How far a star may be re-centred from its mapped position, in FWHM.</summary>
    public double MaximumShift
    {
        get;
        init => field = Require.Positive(value);
    } = 0.75;

    /// <summary>How many of the reference frame's brightest stars are measured besides those asked for.</summary>
    public int MaximumStars
    {
        get;
        init => field = Require.NotNegative(value);
    } = 100;

    /// <summary>Stars with more than this part of others' light in the largest aperture are flagged; not given: none is.</summary>
    public double? NeighbourLimit
    {
        get;
        init => field = value is { } v ? Require.Positive(v) : null;
    } = 0.02;

    /// <summary>Stars of a frame whose profile is longer than wide by more than this factor are flagged as trailed.</summary>
    public double TrailedElongation
    {
        get;
        init => field = Require.Between(value, 1, 1000);
    } = 1.8;

    /// <summary>A fault to reproduce: pixels below 0 count as 0 before they are summed.</summary>
    public bool NegativePixelsToZero { get; init; }

    /// <summary>A fault to reproduce: the error model ccd takes one sky, the mean over all stars of a frame.</summary>
    public bool MeanSkyInErrors { get; init; }

    /// <summary>A fault to reproduce: the error model ccd takes counts for electrons.</summary>
    public bool ErrorsIgnoreGain { get; init; }

    /// <summary>A fault to reproduce: the error model ccd takes (gain/2)² for the converter's rounding instead of gain²/12.</summary>
    public bool HalfGainRounding { get; init; }

    /// <summary>A fault to reproduce: the error model ccd takes A²/n for the sky's error, whatever its estimator (a median has π/2 of it).</summary>
    public bool IgnoreSkyEstimator { get; init; }

    /// <summary>A fault to reproduce: fluxes below 0 and missing ones become 1.</summary>
    public bool BadFluxesToOne { get; init; }
}
