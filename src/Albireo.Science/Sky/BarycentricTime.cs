using Albireo.Science.Time;

namespace Albireo.Science.Sky;

/// <summary>
/// Times as a clock at the solar system's barycentre, or the Sun's centre, would show them for light from a star (Eastman, Siverd &amp;
/// Gaudi 2010, PASP 122, 935): the Rømer delay. The Shapiro and Einstein terms of the light path (below 0.1 ms) and the star's parallax
/// (below 1 ms beyond 1.2 pc) are left out.
/// </summary>
public static class BarycentricTime
{
    private const double MetresPerLightSecond = 299_792_458;

    /// <summary>BJD_TDB of an instant.</summary>
    /// <param name="utc">Usually mid-exposure; any scale is taken.</param>
    /// <param name="star">ICRS, at the epoch of observation.</param>
    /// <param name="site">The observer; null for the geocentre, which is wrong by up to 21 ms.</param>
    /// <returns>Within 0.2 ms; NaN before 1972 or where an argument is unknown.</returns>
    public static JulianDate Bjd(JulianDate utc, SkyCoordinate star, Site? site) =>
        utc.To(TimeScale.Tdb).AddSeconds(BarycentricSeconds(utc, star, site));

    /// <summary>HJD_UTC of an instant: UTC and the light time to the Sun's centre. For old tables; use BJD_TDB.</summary>
    /// <param name="utc">Usually mid-exposure.</param>
    /// <param name="star">ICRS.</param>
    /// <param name="site">The observer; null for the geocentre.</param>
    public static JulianDate Hjd(JulianDate utc, SkyCoordinate star, Site? site) =>
        utc.To(TimeScale.Utc).AddSeconds(HeliocentricSeconds(utc, star, site));

    /// <summary>Light time from the observer to the plane through the barycentre square to the line of sight, seconds; up to ±500.</summary>
    public static double BarycentricSeconds(JulianDate utc, SkyCoordinate star, Site? site) =>
        Along(EarthEphemeris.Barycentric(utc.To(TimeScale.Tdb)), star) + ObserverSeconds(utc, star, site);

    /// <summary>As <see cref="BarycentricSeconds"/>, to the Sun's centre.</summary>
    public static double HeliocentricSeconds(JulianDate utc, SkyCoordinate star, Site? site) =>
        Along(EarthEphemeris.Heliocentric(utc.To(TimeScale.Tdb)), star) + ObserverSeconds(utc, star, site);

    /// <summary>The part of the light time that is due to the observer's place on the Earth, seconds; up to ±0.021, 0 without a site.</summary>
    public static double ObserverSeconds(JulianDate utc, SkyCoordinate star, Site? site)
    {
        if (site is null)
        {
            return 0;
        }
        JulianDate clock = utc.To(TimeScale.Utc);
        (double x, double y, double z) = site.Value.Geocentric();
        (double sin, double cos) = Math.SinCos(SiderealTime.Greenwich(clock));
        var ofDate = ((cos * x) - (sin * y), (sin * x) + (cos * y), z);
        var mean = Precession.Turn(ofDate, Precession.ToDate(2000 + (clock.DaysSinceJ2000 / 365.25)), transposed: true);
        (double u, double v, double w) = star.UnitVector();
        return ((mean.X * u) + (mean.Y * v) + (mean.Z * w)) / MetresPerLightSecond;
    }

    private static double Along((double X, double Y, double Z) earth, SkyCoordinate star)
    {
        (double u, double v, double w) = star.UnitVector();
        return ((earth.X * u) + (earth.Y * v) + (earth.Z * w)) * EarthEphemeris.SecondsPerAstronomicalUnit;
    }
}
