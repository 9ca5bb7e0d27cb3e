using Albireo.Science.Calibration;

namespace Albireo.Pipeline.Options;

/// <summary>Whether and how the bias level is taken from the overscan strip of each raw frame, lights and calibration frames alike.</summary>
public sealed record OverscanChoice
{
    private readonly OverscanOptions options = new() { Method = OverscanMethod.Polynomial };

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
        get => options.Degree;
        init => options = options with { Degree = value };
    }

    /// <summary>Lines further from the polynomial than this many standard deviations are left out.</summary>
    public double RejectSigma
    {
        get => options.RejectSigma;
        init => options = options with { RejectSigma = value };
    }

    /// <summary>The same for Science; null where nothing is subtracted.</summary>
    internal OverscanOptions? Options => Method is { } method ? options with { Method = method } : null;
}
