using Albireo.Science.Sky;

namespace Albireo.Science.Simulation;

/// <summary>Air masses over a site, good enough to make extinction run as it does in a real night.</summary>
internal static class SimulatedAirmass
{
    /// <summary>Pickering (2002) for an altitude from mean sidereal time; refraction and precession left out. At most 40.</summary>
    public static double Of(SkyCoordinate target, Site site, double julianDate)
    {
        double sidereal = 280.46061837 + (360.98564736629 * (julianDate - 2451545.0));
        double hourAngle = (sidereal + site.LongitudeDegrees - target.RightAscensionDegrees) * Math.PI / 180;
        (double sinLatitude, double cosLatitude) = Math.SinCos(site.LatitudeDegrees * Math.PI / 180);
        (double sinDeclination, double cosDeclination) = Math.SinCos(target.DeclinationDegrees * Math.PI / 180);
        double altitude = Math.Asin((sinLatitude * sinDeclination) + (cosLatitude * cosDeclination * Math.Cos(hourAngle))) * 180 / Math.PI;
        if (altitude <= 0)
        {
            return 40;
        }
        double bent = altitude + (244 / (165 + (47 * Math.Pow(altitude, 1.1))));
        return Math.Min(40, 1 / Math.Sin(bent * Math.PI / 180));
    }
}
