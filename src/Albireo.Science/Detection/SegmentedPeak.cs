namespace Albireo.Science.Detection;

/// <summary>A star as prose's segmented peaks describe it.</summary>
/// <param name="X">Column of the intensity-weighted centroid (background included, as in the original).</param>
/// <param name="Y">Row of it.</param>
/// <param name="Peak">Highest pixel.</param>
/// <param name="Flux">Sum of its pixels above the picture's median; not in the original, which has none.</param>
/// <param name="PixelCount">Pixels above the threshold.</param>
/// <param name="MajorAxisPixels">Long axis of the ellipse with the area's second moments.</param>
/// <param name="MinorAxisPixels">Short axis of it.</param>
public readonly record struct SegmentedPeak(
    double X,
    double Y,
    double Peak,
    double Flux,
    int PixelCount,
    double MajorAxisPixels,
    double MinorAxisPixels
);
