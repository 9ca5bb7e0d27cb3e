namespace Albireo.Science.Time;

/// <summary>The Earth's rotation. UT1 is taken to be UTC: at most 0.9 s, which is 13″ or 0.4 km at the equator.</summary>
public static class SiderealTime
{
    /// <summary>Earth rotation angle in radians, 0 … 2π (IAU 2000; Capitaine et al. 2000).</summary>
    /// <param name="utc">Standing for UT1.</param>
    public static double EarthRotationAngle(JulianDate utc)
    {
        double days = utc.DaysSinceJ2000;
        double turns =
            (utc.Day - Math.Floor(utc.Day)) + (utc.Fraction - Math.Floor(utc.Fraction)) + 0.7790572732640 + (0.00273781191135448 * days);
        return 2 * Math.PI * (turns - Math.Floor(turns));
    }

    /// <summary>Greenwich mean sidereal time in radians, 0 … 2π (IAU 2006; Capitaine, Wallace &amp; Chapront 2003, A&amp;A 412, 567).</summary>
    /// <param name="utc">Standing for UT1.</param>
    /// <returns>NaN for an unknown time.</returns>
    public static double Greenwich(JulianDate utc)
    {
        // TT within a minute of UTC is enough here: the polynomial moves by 1e-4″ a minute at most.
        double t = utc.CenturiesSinceJ2000;
        double seconds =
            0.014506 + (t * (4612.156534 + (t * (1.3915817 + (t * (-0.00000044 + (t * (-0.000029956 + (t * -0.0000000368)))))))));
        double angle = EarthRotationAngle(utc) + (seconds / 3600 * Math.PI / 180);
        return angle - (2 * Math.PI * Math.Floor(angle / (2 * Math.PI)));
    }

    /// <summary>Local mean sidereal time in radians, 0 … 2π.</summary>
    /// <param name="utc">Standing for UT1.</param>
    /// <param name="longitudeDegrees">East positive.</param>
    public static double Local(JulianDate utc, double longitudeDegrees)
    {
        double angle = Greenwich(utc) + (longitudeDegrees * Math.PI / 180);
        return angle - (2 * Math.PI * Math.Floor(angle / (2 * Math.PI)));
    }
}
