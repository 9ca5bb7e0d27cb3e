namespace Albireo.Science.Detection;

/// <summary>A star as IRAF's starfind describes it; columns as in photutils' IRAFStarFinder.</summary>
/// <param name="X">Column of the centroid.</param>
/// <param name="Y">Row of the centroid.</param>
/// <param name="Fwhm">From second moments, pixels.</param>
/// <param name="Sharpness">FWHM over the kernel's.</param>
/// <param name="Roundness">0 for a circle.</param>
/// <param name="PositionAngleDegrees">From +x towards +y, [0, 180).</param>
/// <param name="PixelCount">Pixels above the sky in the kernel.</param>
/// <param name="Sky">Level taken off.</param>
/// <param name="Peak">Highest pixel above the sky.</param>
/// <param name="Flux">Sum above the sky in the kernel.</param>
/// <param name="Magnitude">−2.5 log10 of the flux.</param>
public readonly record struct IrafStar(
    double X,
    double Y,
    double Fwhm,
    double Sharpness,
    double Roundness,
    double PositionAngleDegrees,
    int PixelCount,
    double Sky,
    double Peak,
    double Flux,
    double Magnitude
);
