namespace Albireo.Science.Time;

/// <summary>
/// Leap seconds: TAI − UTC since 1972, from IERS Bulletin C. The table ends with what had been announced when the program was made;
/// <see cref="Expiry"/> says until when that is certain.
/// </summary>
public static class LeapSeconds
{
    /// <summary>Julian date of each UTC midnight at which TAI − UTC changed; the offset starts at 10 s and grows by 1 s each time.</summary>
    private static ReadOnlySpan<int> Changes =>
        [
            19720101,
            19720701,
            19730101,
            19740101,
            19750101,
            19760101,
            19770101,
            19780101,
            19790101,
            19800101,
            19810701,
            19820701,
            19830701,
            19850701,
            19880101,
            19900101,
            19910101,
            19920701,
            19930701,
            19940701,
            19960101,
            19970701,
            19990101,
            20060101,
            20090101,
            20120701,
            20150701,
            20170101,
        ];

    private const int FirstOffset = 10;

    private static readonly double[] ChangeDays = DaysOf(Changes);

    /// <summary>The table is known to be complete before this date (28 June 2026; IERS Bulletin C 70).</summary>
    public static JulianDate Expiry { get; } = JulianDate.FromCalendar(2026, 6, 28, 0, 0, 0, TimeScale.Utc);

    /// <summary>TAI − UTC in seconds on the UTC day that begins at <paramref name="midnight"/>.</summary>
    /// <param name="midnight">Julian date of 0 h UTC.</param>
    /// <returns>10 … 37; NaN before 1972, when UTC ran at another rate. After <see cref="Expiry"/> the last known value.</returns>
    public static double TaiMinusUtc(double midnight)
    {
        if (!(midnight >= ChangeDays[0]))
        {
            return double.NaN;
        }
        int i = ChangeDays.Length - 1;
        while (ChangeDays[i] > midnight)
        {
            i--;
        }
        return FirstOffset + i;
    }

    /// <summary>Seconds in the UTC day that begins at <paramref name="midnight"/>: 86400, or 86401 if it ends with a leap second.</summary>
    /// <param name="midnight">Julian date of 0 h UTC.</param>
    public static double SecondsInDay(double midnight) =>
        Array.BinarySearch(ChangeDays, midnight + 1) > 0 ? JulianDate.SecondsPerDay + 1 : JulianDate.SecondsPerDay;

    /// <summary>What is doubtful about converting <paramref name="utc"/> to other scales, as a sentence; null if nothing is.</summary>
    public static string? Doubt(JulianDate utc)
    {
        if (!double.IsFinite(utc.Value))
        {
            return "The time is unknown.";
        }
        if (utc.Value < ChangeDays[0])
        {
            return "UTC has leap seconds only since 1972-01-01; earlier dates are not converted to TT or TDB.";
        }
        return utc.Value >= Expiry.Value
            ? $"The table of leap seconds is certain until {Expiry.ToIso(0)[..10]}; one announced since would make barycentric times wrong by 1 s."
            : null;
    }

    private static double[] DaysOf(ReadOnlySpan<int> dates)
    {
        var days = new double[dates.Length];
        for (int i = 0; i < dates.Length; i++)
        {
            days[i] = JulianDate.MidnightOf(dates[i] / 10000, dates[i] / 100 % 100, dates[i] % 100);
        }
        return days;
    }
}
