using Albireo.Science.Numerics;

namespace Albireo.Science.Detection;

/// <summary>How sources are found in one picture. Lengths are pixels, levels are in units of the local background noise.</summary>
public sealed record DetectionOptions
{
    /// <summary>Threshold in σ of the noise of the matched-filtered picture.</summary>
    public double ThresholdSigma
    {
        get;
        init => field = Require.Positive(value);
    } = 4;

    /// <summary>Least number of connected pixels above the threshold.</summary>
    public int MinimumPixels
    {
        get;
        init => field = Require.Positive(value);
    } = 3;

    /// <summary>FWHM of the Gaussian that the picture is filtered with: about that of the stars, 0.5 … 20; in doubt the smaller.</summary>
    public double KernelFwhmPixels
    {
        get;
        init => field = Require.Between(value, 0.5, 20);
    } = 2.5;

    /// <summary>Keep only this many of the brightest sources; 0 keeps all.</summary>
    public int MaximumStars
    {
        get;
        init => field = Require.NotNegative(value);
    }

    /// <summary>Whether neighbours that share one area above the threshold are told apart.</summary>
    public bool Deblend { get; init; } = true;

    /// <summary>Share of the common flux that a branch must hold above its saddle to count as a source of its own (0 … 1).</summary>
    public double DeblendContrast
    {
        get;
        init => field = Require.Between(value, 0, 1);
    } = 0.005;

    /// <summary>Least height of a branch's peak above its saddle, in σ of the filtered noise.</summary>
    public double DeblendSigma
    {
        get;
        init => field = Require.NotNegative(value);
    } = 3;

    /// <summary>Leave out hot pixels and cosmic rays; otherwise they are returned with their flag.</summary>
    public bool RejectHotPixels { get; init; } = true;

    /// <summary>FWHM of the sharpest star that the optics can make; what is sharper is a hot pixel or a cosmic ray.</summary>
    public double SharpestFwhmPixels
    {
        get;
        init => field = Require.Between(value, 0.5, 20);
    } = 1.4;
}
