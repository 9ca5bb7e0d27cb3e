using Albireo.Science.Images;

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
    public virtual double At(double dx, double dy) => At(dx, dy, out _, out _);

    /// <summary>Values and slopes of one star at several pixels.</summary>
    internal virtual void Sample(
        double x,
        double y,
        ReadOnlySpan<int> columns,
        ReadOnlySpan<int> rows,
        Span<double> value,
        Span<double> slopeX,
        Span<double> slopeY
    )
    {
        for (int i = 0; i < columns.Length; i++)
        {
            value[i] = At(columns[i] - x, rows[i] - y, out slopeX[i], out slopeY[i]);
        }
    }

    /// <summary>Adds a star to a picture, out to a radius.</summary>
    internal virtual void Paint(Image image, double x, double y, double flux, double radius)
    {
        int bottom = Math.Min(image.Height - 1, (int)Math.Floor(y + radius));
        for (int row = Math.Max(0, (int)Math.Ceiling(y - radius)); row <= bottom; row++)
        {
            double reach = Math.Sqrt(Math.Max(0, (radius * radius) - ((row - y) * (row - y))));
            int right = Math.Min(image.Width - 1, (int)Math.Floor(x + reach));
            for (int column = Math.Max(0, (int)Math.Ceiling(x - reach)); column <= right; column++)
            {
                image[column, row] += (float)(flux * At(column - x, row - y));
            }
        }
    }
}
