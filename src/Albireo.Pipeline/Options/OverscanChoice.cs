using Albireo.Science.Calibration;

namespace Albireo.Pipeline.Options;

/// <summary>Whether and how the bias level is taken from the overscan strip of each raw frame, lights and calibration frames alike.</summary>
public sealed record OverscanChoice
{
    /// <summary>The level of a line, or null (<c>none</c>) to leave the overscan alone.</summary>
    public OverscanMethod? Method { get; init; } = OverscanMethod.Polynomial;

    /// <summary>Where the strip lies on the raw picture; not given: BIASSEC, or the profile's keyword for it.</summary>
    public string? Region
    {
        get;
        init => field = RegionText.Require(value);
    }

    /// <summary>Degree of the polynomial.</summary>
    public int Degree
    {
        get;
        init => field = new OverscanOptions { Degree = value }.Degree;
    } = new OverscanOptions().Degree;

    /// <summary>Lines further from the polynomial than this many standard deviations are left out.</summary>
    public double RejectSigma
    {
        get;
        init => field = new OverscanOptions { RejectSigma = value }.RejectSigma;
    } = new OverscanOptions().RejectSigma;

    /// <summary>The same for Science; null where nothing is subtracted.</summary>
    internal OverscanOptions? Options =>
        Method is { } method
            ? new()
            {
                Method = method,
                Degree = Degree,
                RejectSigma = RejectSigma,
            }
            : null;
}
