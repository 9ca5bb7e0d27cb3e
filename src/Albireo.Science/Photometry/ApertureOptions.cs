using Albireo.Science.Numerics;

namespace Albireo.Science.Photometry;

/// <summary>Rules of aperture photometry besides radii and annulus.</summary>
public sealed record ApertureOptions
{
    /// <summary>What becomes of apertures with unusable pixels.</summary>
    public MaskedPixelRule MaskedPixels { get; init; }

    /// <summary>How pixel errors add up.</summary>
    public FluxErrorRule ErrorRule { get; init; }

    /// <summary>Whether the error of the sky level, A² · var(sky), is part of the flux error.</summary>
    public bool SkyError { get; init; } = true;

    /// <summary>The peak is sought among pixels whose centre is within this distance of the star.</summary>
    public double PeakRadiusPixels
    {
        get;
        init => field = Require.NotNegative(value);
    } = 5;

    /// <summary>Raw counts from which a pixel is saturated, besides those that the mask says are; null = by the mask only.</summary>
    public double? SaturationLevel { get; init; }

    /// <summary>Raw counts from which a pixel is not linear, besides those that the mask says are; null = by the mask only.</summary>
    public double? NonlinearLevel { get; init; }
}
