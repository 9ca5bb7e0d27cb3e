using Albireo.Science.Time;

namespace Albireo.Science.Sky;

/// <summary>How much air the light comes through, in units of that at the zenith.</summary>
public static class Airmass
{
    /// <summary>Scale height of the air's pressure, metres.</summary>
    private const double PressureScaleHeight = 8400;

    /// <summary>Airmass of a star at an instant and place.</summary>
    /// <param name="utc">Usually mid-exposure.</param>
    /// <param name="star">ICRS.</param>
    /// <param name="site">The observer.</param>
    /// <returns>1 at the zenith, about 38 at the horizon; NaN below it or where an argument is unknown.</returns>
    public static double Of(JulianDate utc, SkyCoordinate star, Site site) => OfApparentAltitude(ApparentAltitude(utc, star, site));

    /// <summary>
    /// Pickering (2002, DIO 12, 20): 1 / sin(h + 244 / (165 + 47 h^1.1)), h the apparent altitude in degrees.
    /// </summary>
    /// <param name="degrees">Apparent (refracted) altitude.</param>
    /// <returns>NaN below the horizon.</returns>
    public static double OfApparentAltitude(double degrees) =>
        degrees is >= 0 and <= 90
            ? 1 / Math.Sin(Math.Min(90, degrees + (244 / (165 + (47 * Math.Pow(degrees, 1.1))))) * Math.PI / 180)
            : double.NaN;

    /// <summary>
    /// Apparent altitude in degrees: mean place of date, local sidereal time, refraction by Sæmundsson (1986, Sky and Telescope 72, 70)
    /// with the pressure of the site's height. Within an arcminute above 10°.
    /// </summary>
    /// <returns>Negative below the horizon; NaN where an argument is unknown.</returns>
    public static double ApparentAltitude(JulianDate utc, SkyCoordinate star, Site site)
    {
        double altitude = TrueAltitude(utc, star, site);
        if (altitude < -2)
        {
            return altitude;
        }
        double arcminutes = 1.02 / Math.Tan((altitude + (10.3 / (altitude + 5.11))) * Math.PI / 180);
        return Math.Min(90, altitude + (Math.Max(0, arcminutes) / 60 * Math.Exp(-site.HeightMetres / PressureScaleHeight)));
    }

    /// <summary>Altitude in degrees without refraction.</summary>
    public static double TrueAltitude(JulianDate utc, SkyCoordinate star, Site site)
    {
        SkyCoordinate place = Precession.ToEquinox(star, 2000 + (utc.DaysSinceJ2000 / 365.25));
        double hourAngle = SiderealTime.Local(utc, site.LongitudeDegrees) - (place.RightAscensionDegrees * Math.PI / 180);
        (double sinLatitude, double cosLatitude) = Math.SinCos(site.LatitudeDegrees * Math.PI / 180);
        (double sinDec, double cosDec) = Math.SinCos(place.DeclinationDegrees * Math.PI / 180);
        double sine = (sinLatitude * sinDec) + (cosLatitude * cosDec * Math.Cos(hourAngle));
        return Math.Asin(Math.Clamp(sine, -1, 1)) * 180 / Math.PI;
    }
}
