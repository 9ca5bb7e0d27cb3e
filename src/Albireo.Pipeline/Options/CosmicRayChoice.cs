using Albireo.Science.Calibration;

namespace Albireo.Pipeline.Options;

/// <summary>Whether cosmic rays are looked for in each light, by L.A.Cosmic; needs gain and read noise.</summary>
public sealed record CosmicRayChoice
{
    private readonly CosmicRayOptions options = new();

    /// <summary>Hits are flagged in the mask.</summary>
    public bool Reject { get; init; }

    /// <summary>Hits are also filled with the median of the good pixels around, and flagged as interpolated.</summary>
    public bool Replace { get; init; }

    /// <summary>Significance of the Laplacian, in expected noise, from which a pixel is suspected.</summary>
    public double SigmaClip
    {
        get => options.SigmaClip;
        init => options = options with { SigmaClip = value };
    }

    /// <summary>Part of that limit which is enough for neighbours of a hit.</summary>
    public double SigmaFraction
    {
        get => options.SigmaFraction;
        init => options = options with { SigmaFraction = value };
    }

    /// <summary>Least contrast between the Laplacian and the fine structure of stars.</summary>
    public double ObjectLimit
    {
        get => options.ObjectLimit;
        init => options = options with { ObjectLimit = value };
    }

    /// <summary>Rounds at most.</summary>
    public int Iterations
    {
        get => options.Iterations;
        init => options = options with { Iterations = value };
    }

    /// <summary>The same for Science.</summary>
    internal CosmicRayOptions Options => options;
}
