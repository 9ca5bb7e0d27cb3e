namespace Albireo.Science.Detection;

/// <summary>One source in one picture.</summary>
/// <param name="X">Column of its centre, pixels.</param>
/// <param name="Y">Row of its centre, pixels.</param>
/// <param name="Flux">Sum above the background over its pixels above the threshold, counts.</param>
/// <param name="FluxError">Noise of that sum from the background alone (the gain is not known here), counts.</param>
/// <param name="Peak">Highest pixel: of the raw picture where one was given, else of the picture itself (background included).</param>
/// <param name="Fwhm">√(major · minor), pixels; NaN with <see cref="SourceFlags.NoShape"/>.</param>
/// <param name="FwhmMajor">Full width at half maximum along the long axis, pixels.</param>
/// <param name="FwhmMinor">The same along the short axis.</param>
/// <param name="AngleDegrees">From +x towards +y to the long axis, in (−90, 90].</param>
/// <param name="PixelCount">Pixels above the threshold.</param>
/// <param name="SignalToNoise">Peak of the matched-filtered picture over its noise.</param>
/// <param name="Flags">What is to be said about it.</param>
public readonly record struct Source(
    double X,
    double Y,
    double Flux,
    double FluxError,
    double Peak,
    double Fwhm,
    double FwhmMajor,
    double FwhmMinor,
    double AngleDegrees,
    int PixelCount,
    double SignalToNoise,
    SourceFlags Flags
)
{
    private const SourceFlags NotStars =
        SourceFlags.HotPixel | SourceFlags.CosmicRay | SourceFlags.Trailed | SourceFlags.NoShape | SourceFlags.Extended;

    /// <summary>Whether it has the shape of a star: measured, and none of hot pixel, cosmic ray, trail or extended source.</summary>
    public bool LooksLikeStar => (Flags & NotStars) == SourceFlags.None;
}
