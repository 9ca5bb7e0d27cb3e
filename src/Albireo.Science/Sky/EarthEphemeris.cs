using Albireo.Science.Time;

namespace Albireo.Science.Sky;

/// <summary>
/// Where the Earth is: the simplified VSOP2000 solution of Moisson &amp; Bretagnon (2001, Celest. Mech. 80, 205) in the form that ERFA's
/// epv00 fits to DE405, without the terms below 1e-8 au. Within 0.12 ms of light time of the full epv00 from 1950 to 2100, and that
/// within 0.05 ms of DE405 from 1900 to 2100.
/// </summary>
public static class EarthEphemeris
{
    /// <summary>Light time for one astronomical unit, seconds (IAU 2012).</summary>
    public const double SecondsPerAstronomicalUnit = 499.004783836;

    /// <summary>Geocentre from the Sun's centre, au, ICRS axes.</summary>
    /// <param name="tdb">TT serves as well.</param>
    public static (double X, double Y, double Z) Heliocentric(JulianDate tdb) => ToEquator(SunToEarth(Years(tdb)));

    /// <summary>Geocentre from the solar-system barycentre, au, ICRS axes.</summary>
    /// <param name="tdb">TT serves as well.</param>
    public static (double X, double Y, double Z) Barycentric(JulianDate tdb)
    {
        double years = Years(tdb);
        (double x, double y, double z) = SunToEarth(years);
        (double u, double v, double w) = BarycentreToSun(years);
        return ToEquator((x + u, y + v, z + w));
    }

    private static double Years(JulianDate tdb) => tdb.DaysSinceJ2000 / 365.25;

    private static (double X, double Y, double Z) SunToEarth(double t) =>
        (
            Sum(SunToEarthSeries.X0, SunToEarthSeries.X1, SunToEarthSeries.X2, t),
            Sum(SunToEarthSeries.Y0, SunToEarthSeries.Y1, SunToEarthSeries.Y2, t),
            Sum(SunToEarthSeries.Z0, SunToEarthSeries.Z1, SunToEarthSeries.Z2, t)
        );

    private static (double X, double Y, double Z) BarycentreToSun(double t) =>
        (
            Sum(BarycentreToSunSeries.X0, BarycentreToSunSeries.X1, BarycentreToSunSeries.X2, t),
            Sum(BarycentreToSunSeries.Y0, BarycentreToSunSeries.Y1, BarycentreToSunSeries.Y2, t),
            Sum(BarycentreToSunSeries.Z0, BarycentreToSunSeries.Z1, BarycentreToSunSeries.Z2, t)
        );

    private static double Sum(ReadOnlySpan<double> power0, ReadOnlySpan<double> power1, ReadOnlySpan<double> power2, double t) =>
        Terms(power0, t) + (t * (Terms(power1, t) + (t * Terms(power2, t))));

    private static double Terms(ReadOnlySpan<double> series, double t)
    {
        double sum = 0;
        for (int i = series.Length - 3; i >= 0; i -= 3)
        {
            sum += series[i] * Math.Cos(series[i + 1] + (series[i + 2] * t));
        }
        return sum;
    }

    /// <summary>From the ecliptic of the series to ICRS axes; the rotation of epv00.</summary>
    private static (double X, double Y, double Z) ToEquator((double X, double Y, double Z) v) =>
        (
            v.X + (2.11284e-7 * v.Y) - (9.1603e-8 * v.Z),
            (-2.30286e-7 * v.X) + (0.917482137087 * v.Y) - (0.397776982902 * v.Z),
            (0.397776982902 * v.Y) + (0.917482137087 * v.Z)
        );
}
