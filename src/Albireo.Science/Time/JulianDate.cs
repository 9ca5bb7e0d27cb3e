namespace Albireo.Science.Time;

/// <summary>
/// An instant as a Julian date in two parts, which keeps better than a microsecond, and the scale it is counted in.
/// </summary>
/// <param name="Day">The larger part, usually a whole number or a half.</param>
/// <param name="Fraction">The rest, in days.</param>
/// <param name="Scale">The clock.</param>
public readonly record struct JulianDate(double Day, double Fraction, TimeScale Scale)
{
    /// <summary>Julian date of 1858 November 17.0, the zero of the modified Julian date.</summary>
    public const double ModifiedZero = 2400000.5;

    /// <summary>Seconds in a day (a UTC day with a leap second has one more).</summary>
    public const double SecondsPerDay = 86400;

    /// <summary>Both parts added; good to about 40 µs.</summary>
    public double Value => Day + Fraction;

    /// <summary>From a modified Julian date.</summary>
    public static JulianDate FromModified(double mjd, TimeScale scale)
    {
        double whole = Math.Floor(mjd);
        return new JulianDate(ModifiedZero + whole, mjd - whole, scale);
    }

    /// <summary>This instant and <paramref name="seconds"/> more, the larger part unchanged.</summary>
    public JulianDate AddSeconds(double seconds) => this with { Fraction = Fraction + (seconds / SecondsPerDay) };

    /// <summary>Days from <paramref name="other"/> to this instant; both must be in the same scale.</summary>
    /// <exception cref="ArgumentException">The scales differ.</exception>
    public double DaysSince(JulianDate other) =>
        Scale == other.Scale
            ? (Day - other.Day) + (Fraction - other.Fraction)
            : throw new ArgumentException($"{Scale} and {other.Scale} cannot be subtracted; convert first.", nameof(other));
}
