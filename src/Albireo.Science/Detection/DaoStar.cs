namespace Albireo.Science.Detection;

/// <summary>A star as DAOFIND describes it; columns as in photutils' DAOStarFinder.</summary>
/// <param name="X">Column of the centroid.</param>
/// <param name="Y">Row of the centroid.</param>
/// <param name="Sharpness">Peak above its neighbours' mean over the fitted amplitude.</param>
/// <param name="Roundness1">From the symmetry of the convolved picture.</param>
/// <param name="Roundness2">From the heights of the marginal fits.</param>
/// <param name="PixelCount">Pixels of the kernel's box.</param>
/// <param name="Sky">Level given.</param>
/// <param name="Peak">Central pixel less the sky.</param>
/// <param name="Flux">Convolved peak in units of the scaled threshold (less sky times pixels).</param>
/// <param name="Magnitude">−2.5 log10 of the flux; NaN where it is not positive.</param>
public readonly record struct DaoStar(
    double X,
    double Y,
    double Sharpness,
    double Roundness1,
    double Roundness2,
    int PixelCount,
    double Sky,
    double Peak,
    double Flux,
    double Magnitude
);
