namespace Albireo.Science.Psf;

/// <summary>The image of a point of light: counts a pixel for a star of flux 1 whose centre lies (dx, dy) away from the pixel's.</summary>
public abstract class PsfModel
{
    /// <summary>FWHM along the long axis, pixels.</summary>
    public abstract double FwhmMajor { get; }

    /// <summary>FWHM along the short axis, pixels.</summary>
    public abstract double FwhmMinor { get; }

    /// <summary>From +x towards +y to the long axis, in (−90, 90].</summary>
    public abstract double AngleDegrees { get; }

    /// <summary>√(major · minor), pixels.</summary>
    public double Fwhm => Math.Sqrt(FwhmMajor * FwhmMinor);

    /// <summary>Value at an offset from the star's centre, with its slopes along x and y.</summary>
    /// <param name="dx">Column of the pixel less column of the star.</param>
    /// <param name="dy">Row of the pixel less row of the star.</param>
    /// <param name="slopeX">Derivative by dx.</param>
    /// <param name="slopeY">Derivative by dy.</param>
    public abstract double At(double dx, double dy, out double slopeX, out double slopeY);

    /// <summary>Value at an offset from the star's centre.</summary>
    public double At(double dx, double dy) => At(dx, dy, out _, out _);
}
