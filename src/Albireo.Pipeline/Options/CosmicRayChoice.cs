using Albireo.Science.Calibration;

namespace Albireo.Pipeline.Options;

/// <summary>Whether cosmic rays are looked for in each light, by L.A.Cosmic; needs gain and read noise.</summary>
public sealed record CosmicRayChoice : CosmicRayOptions
{
    /// <summary>Hits are flagged in the mask.</summary>
    public bool Reject { get; init; }

    /// <summary>Hits are also filled with the median of the good pixels around, and flagged as interpolated.</summary>
    public bool Replace { get; init; }
}
