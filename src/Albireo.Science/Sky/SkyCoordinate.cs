namespace Albireo.Science.Sky;

/// <summary>A direction on the sky, ICRS (J2000).</summary>
/// <param name="RightAscensionDegrees">0 … 360.</param>
/// <param name="DeclinationDegrees">−90 … 90.</param>
public readonly record struct SkyCoordinate(double RightAscensionDegrees, double DeclinationDegrees)
{
    /// <summary>Reads a right ascension and a declination: sexagesimal is hours and degrees, a plain number degrees.</summary>
    /// <param name="rightAscension"><c>02:04:10.278</c>, <c>02 04 10.278</c>, <c>2h4m10.278s</c> or <c>31.0428</c>.</param>
    /// <param name="declination"><c>+46:41:16.2</c>, <c>-00 30 00</c> (the sign holds), <c>46d41m16.2s</c> or <c>46.6878</c>.</param>
    /// <param name="coordinate">The direction; NaN if it cannot be read.</param>
    /// <param name="why">What is wrong, or null.</param>
    public static bool TryParse(string rightAscension, string declination, out SkyCoordinate coordinate, out string? why)
    {
        coordinate = new SkyCoordinate(double.NaN, double.NaN);
        if (!Sexagesimal.TryParse(rightAscension, 'h', out double ra, out bool hours))
        {
            why = $"'{rightAscension}' is not a right ascension such as 02:04:10.278 (hours) or 31.0428 (degrees)";
            return false;
        }
        if (!Sexagesimal.TryParse(declination, 'd', out double dec, out _))
        {
            why = $"'{declination}' is not a declination such as +46:41:16.2 or 46.6878";
            return false;
        }
        ra = hours ? ra * 15 : ra;
        if (ra is < 0 or > 360 || (hours && ra == 360))
        {
            why = $"the right ascension {rightAscension} lies outside 0 to {(hours ? "24 hours" : "360 degrees")}";
            return false;
        }
        if (dec is < -90 or > 90)
        {
            why = $"the declination {declination} lies outside -90 to 90 degrees";
            return false;
        }
        coordinate = new SkyCoordinate(ra == 360 ? 0 : ra, dec);
        why = null;
        return true;
    }

    /// <summary>Reads both in one, <c>RA,DEC</c>, or sexagesimal with the declination's sign between them.</summary>
    /// <param name="text"><c>02:04:10.278,+46:41:16.2</c>, <c>31.0428,46.6878</c> or <c>02:04:10.278 +46:41:16.2</c>.</param>
    /// <param name="coordinate">The direction; NaN if it cannot be read.</param>
    /// <param name="why">What is wrong, or null.</param>
    public static bool TryParse(string text, out SkyCoordinate coordinate, out string? why)
    {
        string trimmed = text.Trim();
        int comma = trimmed.IndexOf(',', StringComparison.Ordinal);
        int split = comma >= 0 ? comma : trimmed.LastIndexOfAny(['+', '-']);
        if (split <= 0)
        {
            coordinate = new SkyCoordinate(double.NaN, double.NaN);
            why = $"'{text}' is not a position such as 02:04:10.278,+46:41:16.2";
            return false;
        }
        return TryParse(trimmed[..split], trimmed[(comma >= 0 ? split + 1 : split)..], out coordinate, out why);
    }

    /// <summary>Angle to <paramref name="other"/> in degrees (Vincenty's form, right at all distances).</summary>
    public double SeparationDegrees(SkyCoordinate other)
    {
        (double x, double y, double z) = UnitVector();
        (double u, double v, double w) = other.UnitVector();
        double cross = Math.Sqrt(Square((y * w) - (z * v)) + Square((z * u) - (x * w)) + Square((x * v) - (y * u)));
        return Math.Atan2(cross, (x * u) + (y * v) + (z * w)) * 180 / Math.PI;
    }

    /// <summary>Unit vector: x to RA 0, y to RA 90°, z to the north pole.</summary>
    public (double X, double Y, double Z) UnitVector()
    {
        (double sinRa, double cosRa) = Math.SinCos(RightAscensionDegrees * Math.PI / 180);
        (double sinDec, double cosDec) = Math.SinCos(DeclinationDegrees * Math.PI / 180);
        return (cosDec * cosRa, cosDec * sinRa, sinDec);
    }

    /// <summary>The direction of a vector of any length.</summary>
    public static SkyCoordinate FromVector(double x, double y, double z)
    {
        double ra = Math.Atan2(y, x) * 180 / Math.PI;
        return new SkyCoordinate(ra < 0 ? ra + 360 : ra, Math.Atan2(z, Math.Sqrt((x * x) + (y * y))) * 180 / Math.PI);
    }

    /// <summary>As <c>02:04:10.278</c> in hours, rounded.</summary>
    public string RightAscensionText(int decimals = 3) => Sexagesimal.Format(RightAscensionDegrees / 15, decimals, 24, signed: false);

    /// <summary>As <c>+46:41:16.20</c> in degrees, rounded.</summary>
    public string DeclinationText(int decimals = 2) => Sexagesimal.Format(DeclinationDegrees, decimals, double.NaN, signed: true);

    private static double Square(double value) => value * value;
}
