using Albireo.Science.Images;

namespace Albireo.Science.Detection;

/// <summary>Which pixels count when stars are found, centred and fitted.</summary>
internal static class PixelUse
{
    /// <summary>Flags that leave a pixel out.</summary>
    public const PixelQuality LeftOut = PixelQuality.BadPixel | PixelQuality.CosmicRay | PixelQuality.Undefined;

    /// <summary>Whether a pixel of this quality takes part.</summary>
    public static bool Counts(PixelQuality quality) => (quality & LeftOut) == PixelQuality.None;
}
