using Albireo.Science.Calibration;

namespace Albireo.Pipeline.Options;

/// <summary>Which pixels are known as bad: from a file, and from the masters. They are flagged in the mask, not filled.</summary>
public sealed record BadPixelChoice
{
    private readonly BadPixelOptions options = new();

    /// <summary>
    /// A FITS picture that is not 0 where a pixel is bad, or a CSV table with columns x and y; both of the full frame as it is read
    /// out, from 0.
    /// </summary>
    public string? File { get; init; }

    /// <summary>Hot pixels of the dark that a frame is calibrated with.</summary>
    public bool FromDarks { get; init; }

    /// <summary>Pixels of the flat that answer much less or more than those around.</summary>
    public bool FromFlats { get; init; }

    /// <summary>Robust standard deviations of the dark above its median from which a pixel is hot.</summary>
    public double HotSigma
    {
        get => options.HotSigma;
        init => options = options with { HotSigma = value };
    }

    /// <summary>It must also be above the median by this much, ADU.</summary>
    public double HotAdu
    {
        get => options.HotAdu;
        init => options = options with { HotAdu = value };
    }

    /// <summary>Part of the answer of the 5 × 5 pixels around below which a pixel is dead.</summary>
    public double LowestResponse
    {
        get => options.LowestResponse;
        init => options = options with { LowestResponse = value };
    }

    /// <summary>Part of the answer of the 5 × 5 pixels around above which a pixel is bad.</summary>
    public double HighestResponse
    {
        get => options.HighestResponse;
        init => options = options with { HighestResponse = value };
    }

    /// <summary>The same for Science.</summary>
    internal BadPixelOptions Options => options;
}
