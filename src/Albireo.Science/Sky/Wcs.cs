using Albireo.Science.Images;

namespace Albireo.Science.Sky;

/// <summary>
/// Pixels ⇄ sky for the gnomonic projection TAN (Calabretta &amp; Greisen 2002, A&amp;A 395, 1077) with a CD or PC matrix, or CDELT and
/// CROTA2, and SIP distortion (Shupe et al. 2005). Pixels are 0-based here, (0, 0) the centre of the first one; the header counts from 1.
/// </summary>
public sealed record Wcs
{
    private const double Radian = Math.PI / 180;

    /// <summary>Reference pixel, 0-based.</summary>
    public required PixelPosition ReferencePixel { get; init; }

    /// <summary>Direction of the reference pixel in the header's own frame, degrees.</summary>
    public required SkyCoordinate ReferenceDirection { get; init; }

    /// <summary>Degrees on the tangent plane, eastwards and northwards, for a pixel in x and in y: row-major 2 × 2.</summary>
    public required IReadOnlyList<double> Matrix { get; init; }

    /// <summary>Distortion in pixels, or null.</summary>
    public SipDistortion? Distortion { get; init; }

    /// <summary>Julian equinox of the header's frame if it is not J2000 or ICRS; null if it is.</summary>
    public double? Equinox { get; init; }

    /// <summary>Whether the frame is FK4 of B1950.</summary>
    public bool IsB1950 { get; init; }

    /// <summary>√|det| of the matrix, in arcseconds.</summary>
    public double PixelScaleArcsec => Math.Sqrt(Math.Abs(Determinant)) * 3600;

    /// <summary>Whether the image is a mirror image of the sky (east is right when north is up).</summary>
    public bool IsMirrored => Determinant > 0;

    private double Determinant => (Matrix[0] * Matrix[3]) - (Matrix[1] * Matrix[2]);

    /// <summary>Reads a header.</summary>
    /// <param name="number">The numeric value of a keyword, or null if it is missing or no number.</param>
    /// <param name="text">The text value of a keyword, or null.</param>
    /// <param name="wcs">The projection, or null.</param>
    /// <param name="why">Why there is none, or null.</param>
    public static bool TryRead(Func<string, double?> number, Func<string, string?> text, out Wcs? wcs, out string? why)
    {
        wcs = WcsHeader.Read(number, text, out why);
        return wcs is not null;
    }

    /// <summary>Direction of a pixel position.</summary>
    /// <param name="pixel">0-based, may lie outside the image.</param>
    /// <returns>ICRS.</returns>
    public SkyCoordinate ToSky(PixelPosition pixel)
    {
        double u = pixel.X - ReferencePixel.X;
        double v = pixel.Y - ReferencePixel.Y;
        if (Distortion is not null)
        {
            (u, v) = Distortion.Apply(u, v);
        }
        double xi = ((Matrix[0] * u) + (Matrix[1] * v)) * Radian;
        double eta = ((Matrix[2] * u) + (Matrix[3] * v)) * Radian;
        var (e, n, c) = Axes();
        SkyCoordinate direction = SkyCoordinate.FromVector(
            c.X + (xi * e.X) + (eta * n.X),
            c.Y + (xi * e.Y) + (eta * n.Y),
            c.Z + (xi * e.Z) + (eta * n.Z)
        );
        return IsB1950 ? Precession.FromB1950(direction)
            : Equinox is { } year ? Precession.FromEquinox(direction, year)
            : direction;
    }

    /// <summary>Pixel position of a direction.</summary>
    /// <param name="direction">ICRS.</param>
    /// <returns>0-based; NaN for a direction 90° or more from the reference, or where the distortion cannot be turned round.</returns>
    /// <exception cref="NotSupportedException">The frame is FK4; only pixels can be turned into directions there.</exception>
    public PixelPosition ToPixel(SkyCoordinate direction)
    {
        if (IsB1950)
        {
            throw new NotSupportedException("Directions are not turned into pixels of a B1950 frame.");
        }
        SkyCoordinate place = Equinox is { } year ? Precession.ToEquinox(direction, year) : direction;
        (double x, double y, double z) = place.UnitVector();
        var (e, n, c) = Axes();
        double depth = (x * c.X) + (y * c.Y) + (z * c.Z);
        if (!(depth > 0))
        {
            return new PixelPosition(double.NaN, double.NaN);
        }
        double xi = ((x * e.X) + (y * e.Y) + (z * e.Z)) / depth / Radian;
        double eta = ((x * n.X) + (y * n.Y) + (z * n.Z)) / depth / Radian;
        double u = ((Matrix[3] * xi) - (Matrix[1] * eta)) / Determinant;
        double v = ((Matrix[0] * eta) - (Matrix[2] * xi)) / Determinant;
        if (Distortion is not null)
        {
            (u, v) = Distortion.Undo(u, v);
        }
        return new PixelPosition(ReferencePixel.X + u, ReferencePixel.Y + v);
    }

    /// <summary>Unit vectors to the east, to the north and to the reference direction itself.</summary>
    private ((double X, double Y, double Z) East, (double X, double Y, double Z) North, (double X, double Y, double Z) Centre) Axes()
    {
        (double sinRa, double cosRa) = Math.SinCos(ReferenceDirection.RightAscensionDegrees * Radian);
        (double sinDec, double cosDec) = Math.SinCos(ReferenceDirection.DeclinationDegrees * Radian);
        return ((-sinRa, cosRa, 0), (-sinDec * cosRa, -sinDec * sinRa, cosDec), (cosDec * cosRa, cosDec * sinRa, sinDec));
    }
}
