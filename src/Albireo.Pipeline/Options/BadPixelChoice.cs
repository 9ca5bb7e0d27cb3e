using Albireo.Science.Calibration;

namespace Albireo.Pipeline.Options;

/// <summary>Which pixels are known as bad: from a file, and from the masters. They are flagged in the mask, not filled.</summary>
public sealed record BadPixelChoice : BadPixelOptions
{
    /// <summary>
    /// A FITS picture that is not 0 where a pixel is bad, or a CSV table with columns x and y; both of the full frame as it is read
    /// out, from 0.
    /// </summary>
    public string? File { get; init; }

    /// <summary>Hot pixels of the dark that a frame is calibrated with.</summary>
    public bool FromDarks { get; init; }

    /// <summary>Pixels of the flat that answer much less or more than those around.</summary>
    public bool FromFlats { get; init; }
}
