using System.Globalization;

namespace Albireo.Science.Sky;

/// <summary>A place on the Earth (WGS 84).</summary>
/// <param name="LatitudeDegrees">North positive.</param>
/// <param name="LongitudeDegrees">East positive.</param>
/// <param name="HeightMetres">Above the ellipsoid; height above the sea is close enough.</param>
public readonly record struct Site(double LatitudeDegrees, double LongitudeDegrees, double HeightMetres)
{
    private const double EquatorialRadius = 6378137;

    private const double Flattening = 1 / 298.257223563;

    /// <summary>What is impossible about the place, as a sentence; null if nothing is.</summary>
    public string? Problem =>
        !(Math.Abs(LatitudeDegrees) <= 90) ? Say("latitude", LatitudeDegrees, "-90 to 90 degrees")
        : !(LongitudeDegrees is >= -180 and <= 360) ? Say("longitude", LongitudeDegrees, "-180 to 360 degrees")
        : !(HeightMetres is >= -500 and <= 100_000) ? Say("height", HeightMetres, "-500 to 100000 metres")
        : null;

    /// <summary>Reads <c>LAT,LON,HEIGHT</c>: degrees north, degrees east, metres; degrees may be sexagesimal.</summary>
    /// <param name="text"><c>31.68,-110.88,2344</c> or <c>+31:40:48,-110:52:48,2344</c>.</param>
    /// <param name="site">The place; NaN if it cannot be read.</param>
    /// <param name="why">What is wrong, or null.</param>
    public static bool TryParse(string text, out Site site, out string? why)
    {
        site = new Site(double.NaN, double.NaN, double.NaN);
        string[] parts = text.Split(',');
        if (
            parts.Length != 3
            || !Sexagesimal.TryParse(parts[0], 'd', out double latitude, out _)
            || !Sexagesimal.TryParse(parts[1], 'd', out double longitude, out _)
            || !double.TryParse(parts[2], NumberStyles.Float, CultureInfo.InvariantCulture, out double height)
        )
        {
            why = $"'{text}' is not LATITUDE,LONGITUDE,HEIGHT (degrees north, degrees east, metres) such as 31.68,-110.88,2344";
            return false;
        }
        var found = new Site(latitude, longitude, height);
        why = found.Problem;
        if (why is null)
        {
            site = found;
        }
        return why is null;
    }

    /// <summary>Reads an angle of a header: decimal degrees or degrees, minutes, seconds; the sign of <c>-00 30 00</c> holds.</summary>
    /// <returns>Degrees, or NaN if it is neither.</returns>
    public static double ParseDegrees(string text) => Sexagesimal.TryParse(text, 'd', out double value, out _) ? value : double.NaN;

    /// <summary>Place in the Earth-fixed frame, metres (x to Greenwich, z to the pole; WGS 84 ellipsoid).</summary>
    public (double X, double Y, double Z) Geocentric()
    {
        (double sinLatitude, double cosLatitude) = Math.SinCos(LatitudeDegrees * Math.PI / 180);
        (double sinLongitude, double cosLongitude) = Math.SinCos(LongitudeDegrees * Math.PI / 180);
        double squeeze = (1 - Flattening) * (1 - Flattening);
        double c = EquatorialRadius / Math.Sqrt((cosLatitude * cosLatitude) + (squeeze * sinLatitude * sinLatitude));
        double r = (c + HeightMetres) * cosLatitude;
        return (r * cosLongitude, r * sinLongitude, ((c * squeeze) + HeightMetres) * sinLatitude);
    }

    private static string Say(string what, double value, string range) =>
        string.Create(CultureInfo.InvariantCulture, $"The {what} {value} lies outside {range}.");
}
