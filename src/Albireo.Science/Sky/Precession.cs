namespace Albireo.Science.Sky;

/// <summary>
/// Between the ICRS and mean places of another equinox: IAU 2006 precession (Capitaine, Wallace &amp; Chapront 2003, A&amp;A 412, 567,
/// equatorial angles), the FK5 frame's orientation (Hilton &amp; Hohenkerk 2004), FK4 of B1950 (Murray 1989, A&amp;A 218, 325).
/// </summary>
public static class Precession
{
    private const double Arcsecond = Math.PI / 180 / 3600;

    /// <summary>A mean place of a Julian equinox (FK5) as ICRS.</summary>
    /// <param name="place">Degrees, of that equinox.</param>
    /// <param name="julianYear">Such as 2000 or 2017.97.</param>
    public static SkyCoordinate FromEquinox(SkyCoordinate place, double julianYear)
    {
        var v = Turn(place.UnitVector(), ToDate(julianYear), transposed: true);
        var icrs = Turn(v, Fk5FromIcrs, transposed: true);
        return SkyCoordinate.FromVector(icrs.X, icrs.Y, icrs.Z);
    }

    /// <summary>An ICRS direction as mean place of a Julian equinox (FK5).</summary>
    /// <param name="direction">ICRS.</param>
    /// <param name="julianYear">Such as 2000 or 2017.97.</param>
    public static SkyCoordinate ToEquinox(SkyCoordinate direction, double julianYear)
    {
        var v = Turn(Turn(direction.UnitVector(), Fk5FromIcrs, transposed: false), ToDate(julianYear), transposed: false);
        return SkyCoordinate.FromVector(v.X, v.Y, v.Z);
    }

    /// <summary>
    /// A place of the FK4 catalogue, equinox and epoch B1950, as ICRS, without proper motion: the elliptic aberration is taken off, then
    /// the frame is turned. Good to 0.01″ for an object that does not move.
    /// </summary>
    public static SkyCoordinate FromB1950(SkyCoordinate place)
    {
        var (x, y, z) = place.UnitVector();
        const double ax = -1.62557e-6;
        const double ay = -0.31919e-6;
        const double az = -0.13843e-6;
        double along = (x * ax) + (y * ay) + (z * az);
        var v = (x - ax + (along * x), y - ay + (along * y), z - az + (along * z));
        var icrs = Turn(Turn(v, Fk5FromB1950, transposed: false), Fk5FromIcrs, transposed: true);
        return SkyCoordinate.FromVector(icrs.X, icrs.Y, icrs.Z);
    }

    /// <summary>Rotation of J2000 axes to the mean axes of a Julian year, row-major 3 × 3: v(date) = R v(J2000).</summary>
    internal static double[] ToDate(double julianYear)
    {
        double t = (julianYear - 2000) / 100;
        double zeta = Polynomial(t, 2.650545, 2306.083227, 0.2988499, 0.01801828, -5.971e-6, -3.173e-7);
        double z = Polynomial(t, -2.650545, 2306.077181, 1.0927348, 0.01826837, -0.000028596, -2.904e-7);
        double theta = Polynomial(t, 0, 2004.191903, -0.4294934, -0.04182264, -7.089e-6, -1.274e-7);
        (double sinZeta, double cosZeta) = Math.SinCos(zeta);
        (double sinZ, double cosZ) = Math.SinCos(z);
        (double sinTheta, double cosTheta) = Math.SinCos(theta);
        return
        [
            (cosZ * cosTheta * cosZeta) - (sinZ * sinZeta),
            (-cosZ * cosTheta * sinZeta) - (sinZ * cosZeta),
            -cosZ * sinTheta,
            (sinZ * cosTheta * cosZeta) + (cosZ * sinZeta),
            (-sinZ * cosTheta * sinZeta) + (cosZ * cosZeta),
            -sinZ * sinTheta,
            sinTheta * cosZeta,
            -sinTheta * sinZeta,
            cosTheta,
        ];
    }

    internal static (double X, double Y, double Z) Turn((double X, double Y, double Z) v, ReadOnlySpan<double> m, bool transposed) =>
        transposed
            ? (
                (m[0] * v.X) + (m[3] * v.Y) + (m[6] * v.Z),
                (m[1] * v.X) + (m[4] * v.Y) + (m[7] * v.Z),
                (m[2] * v.X) + (m[5] * v.Y) + (m[8] * v.Z)
            )
            : (
                (m[0] * v.X) + (m[1] * v.Y) + (m[2] * v.Z),
                (m[3] * v.X) + (m[4] * v.Y) + (m[5] * v.Z),
                (m[6] * v.X) + (m[7] * v.Y) + (m[8] * v.Z)
            );

    /// <summary>Rotations by −19.9, −9.1 and −22.9 mas about the axes (η₀ about y has its sign turned), to first order.</summary>
    private static double[] Fk5FromIcrs { get; } = SmallRotation(-0.0199, 0.0091, -0.0229);

    private static ReadOnlySpan<double> Fk5FromB1950 =>
        [
            0.9999256794956877,
            -0.0111814832204662,
            -0.0048590038153592,
            0.0111814832391717,
            0.9999374848933135,
            -0.0000271625947142,
            0.0048590037723143,
            -0.0000271702937440,
            0.9999881946023742,
        ];

    /// <summary>R₁(−η₀) R₂(ξ₀) R₃(Δα₀), angles in arcseconds.</summary>
    private static double[] SmallRotation(double eta, double xi, double alpha)
    {
        (double e, double x, double a) = (-eta * Arcsecond, xi * Arcsecond, alpha * Arcsecond);
        return [1, a, -x, -a, 1, e, x, -e, 1];
    }

    private static double Polynomial(double t, double c0, double c1, double c2, double c3, double c4, double c5) =>
        (c0 + (t * (c1 + (t * (c2 + (t * (c3 + (t * (c4 + (t * c5)))))))))) * Arcsecond;
}
