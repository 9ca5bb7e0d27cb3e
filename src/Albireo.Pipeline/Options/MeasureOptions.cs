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

    /// <summary>Inner and outer radius of the sky annulus, in <see cref="RadiusUnit"/>.</summary>
    public double AnnulusInner
    {
        get;
        init => field = Require.Positive(value);
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
}
