using System.Globalization;

namespace Albireo.Science.Time;

/// <summary>
/// An instant as a Julian date in two parts, which keeps better than a microsecond, and the scale it is counted in. In UTC the
/// fraction counts elapsed seconds since the midnight <see cref="Day"/>, divided by 86400: in a leap second it goes past 1, and
/// <see cref="AddSeconds"/> is right across one.
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

    /// <summary>Julian date of the epoch J2000.0 (2000 January 1, 12 h).</summary>
    public const double J2000 = 2451545.0;

    private const double TtMinusTai = 32.184;

    /// <summary>Both parts added; good to about 40 µs.</summary>
    public double Value => Day + Fraction;

    /// <summary>Days since J2000.0 in this instant's own scale, without the loss of <see cref="Value"/>.</summary>
    public double DaysSinceJ2000 => Day - J2000 + Fraction;

    /// <summary>Julian centuries of 36525 days since J2000.0 in this instant's own scale.</summary>
    public double CenturiesSinceJ2000 => DaysSinceJ2000 / 36525;

    /// <summary>From a modified Julian date.</summary>
    public static JulianDate FromModified(double mjd, TimeScale scale)
    {
        double whole = Math.Floor(mjd);
        return new JulianDate(ModifiedZero + whole, mjd - whole, scale);
    }

    /// <summary>From a Gregorian date and time of day.</summary>
    /// <param name="year">1 … 9999.</param>
    /// <param name="month">1 … 12.</param>
    /// <param name="day">1 … 31.</param>
    /// <param name="hour">0 … 23.</param>
    /// <param name="minute">0 … 59.</param>
    /// <param name="second">0 up to 60, in UTC up to 61 within a leap second.</param>
    /// <param name="scale">The clock that showed it.</param>
    /// <returns><see cref="Day"/> at midnight, <see cref="Fraction"/> the seconds since, over 86400.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such date or time.</exception>
    public static JulianDate FromCalendar(int year, int month, int day, int hour, int minute, double second, TimeScale scale)
    {
        string? wrong = IsoInstant.Problem(year, month, day, hour, minute, second, scale);
        if (wrong is not null)
        {
            throw new ArgumentOutOfRangeException(nameof(day), wrong);
        }
        return new JulianDate(MidnightOf(year, month, day), ((hour * 3600.0) + (minute * 60.0) + second) / SecondsPerDay, scale);
    }

    /// <summary>
    /// Reads what cameras write for an instant: <c>2017-12-20T01:33:43.317</c> with <c>T</c> or blank, any number of decimals,
    /// <c>Z</c> or an offset such as <c>-0700</c> or <c>+05:30</c> (which is taken off), <c>:60</c> in a leap second, and
    /// <c>DD/MM/YY hh:mm:ss</c> as 19YY.
    /// </summary>
    /// <param name="text">A full date and time; a date alone is not an instant.</param>
    /// <param name="utc">The instant in UTC; NaN if the text is not one.</param>
    /// <param name="why">Failure: what is wrong. Success: what had to be assumed, or null.</param>
    /// <returns>Whether the text is an instant.</returns>
    public static bool TryParseIso(string text, out JulianDate utc, out string? why) => IsoInstant.TryParse(text, 1900, out utc, out why);

    /// <summary>As <see cref="TryParseIso(string, out JulianDate, out string?)"/>, with the century that <c>DD/MM/YY</c> means.</summary>
    /// <param name="text">A full date and time.</param>
    /// <param name="century">1900 or 2000, added to a year of two digits.</param>
    /// <param name="utc">The instant in UTC; NaN if the text is not one.</param>
    /// <param name="why">Failure: what is wrong. Success: what had to be assumed, or null.</param>
    public static bool TryParseIso(string text, int century, out JulianDate utc, out string? why) =>
        IsoInstant.TryParse(text, century, out utc, out why);

    /// <summary>This instant and <paramref name="seconds"/> more, the larger part unchanged.</summary>
    public JulianDate AddSeconds(double seconds) => this with { Fraction = Fraction + (seconds / SecondsPerDay) };

    /// <summary>Days from <paramref name="other"/> to this instant; both must be in the same scale.</summary>
    /// <exception cref="ArgumentException">The scales differ.</exception>
    public double DaysSince(JulianDate other) =>
        Scale == other.Scale
            ? (Day - other.Day) + (Fraction - other.Fraction)
            : throw new ArgumentException($"{Scale} and {other.Scale} cannot be subtracted; convert first.", nameof(other));

    /// <summary>
    /// The same instant in another scale: UTC ↔ TAI by the table of leap seconds, TT = TAI + 32.184 s, TDB − TT by
    /// <see cref="TdbMinusTt"/>.
    /// </summary>
    /// <returns>NaN for UTC before 1972.</returns>
    public JulianDate To(TimeScale scale)
    {
        if (scale == Scale)
        {
            return this;
        }
        JulianDate tai = Scale switch
        {
            TimeScale.Utc => UtcToTai(),
            TimeScale.Tai => this,
            TimeScale.Tt => AddSeconds(-TtMinusTai),
            TimeScale.Tdb => AddSeconds(-TdbMinusTt() - TtMinusTai),
        };
        return scale switch
        {
            TimeScale.Utc => (tai with { Scale = TimeScale.Tai }).TaiToUtc(),
            TimeScale.Tai => tai with { Scale = TimeScale.Tai },
            TimeScale.Tt => tai.AddSeconds(TtMinusTai) with { Scale = TimeScale.Tt },
            TimeScale.Tdb => (tai.AddSeconds(TtMinusTai) with { Scale = TimeScale.Tt }).TtToTdb(),
        };
    }

    /// <summary>
    /// TDB − TT in seconds at the geocentre: the 60 largest terms of Fairhead &amp; Bretagnon (1990, A&amp;A 229, 240), within 0.4 µs of
    /// the full series from 1950 to 2100; an observer's place adds up to 2 µs, which is left out.
    /// </summary>
    public double TdbMinusTt()
    {
        double millennia = DaysSinceJ2000 / 365250;
        return TdbTerms(TdbSeries.Power0, millennia) + (millennia * TdbTerms(TdbSeries.Power1, millennia));
    }

    /// <summary>As <c>2017-12-20T01:33:43.317</c>, rounded; a leap second shows as <c>:60</c>.</summary>
    /// <param name="decimals">Of the second, 0 … 9.</param>
    /// <returns>An empty text for an unknown instant.</returns>
    public string ToIso(int decimals = 3)
    {
        Numerics.Require.Between(decimals, 0, 9);
        if (!double.IsFinite(Value))
        {
            return "";
        }
        JulianDate date = Normalised();
        double scale = Math.Pow(10, decimals);
        long ticks = (long)Math.Round(date.Fraction * SecondsPerDay * scale);
        double midnight = date.Day;
        long length = (long)(LengthOfDay(midnight) * scale);
        if (ticks >= length)
        {
            ticks -= length;
            midnight++;
        }
        (int year, int month, int day) = CalendarOf(midnight);
        long whole = ticks / (long)scale;
        long minutes = Math.Min(whole / 60, (24 * 60) - 1);
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{year:D4}-{month:D2}-{day:D2}T{minutes / 60:D2}:{minutes % 60:D2}:{whole - (minutes * 60):D2}"
        );
        return decimals == 0 ? text : text + "." + (ticks % (long)scale).ToString(new string('0', decimals), CultureInfo.InvariantCulture);
    }

    /// <summary>As a decimal Julian date from both parts, without the rounding of a double (up to 14 decimals).</summary>
    /// <param name="decimals">0 … 14; 9 are 0.1 ms.</param>
    /// <returns>An empty text for an unknown instant.</returns>
    public string ToDecimal(int decimals)
    {
        Numerics.Require.Between(decimals, 0, 14);
        if (!double.IsFinite(Value))
        {
            return "";
        }
        double dayWhole = Math.Floor(Day);
        double fractionWhole = Math.Floor(Fraction);
        decimal sum = (decimal)dayWhole + (decimal)(Day - dayWhole) + (decimal)fractionWhole + (decimal)(Fraction - fractionWhole);
        return decimal.Round(sum, decimals, MidpointRounding.ToEven)
            .ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>The same instant with <see cref="Day"/> at midnight (x.5) and <see cref="Fraction"/> within that day.</summary>
    public JulianDate Normalised()
    {
        double midnight = Day;
        double fraction = Fraction;
        double offMidnight = Day - 0.5 - Math.Floor(Day - 0.5);
        if (offMidnight != 0)
        {
            midnight = Day - offMidnight;
            fraction += offMidnight;
        }
        if (Math.Abs(fraction) > 2)
        {
            double days = Math.Floor(fraction);
            midnight += days;
            fraction -= days;
        }
        while (fraction < 0)
        {
            midnight--;
            fraction += LengthOfDay(midnight) / SecondsPerDay;
        }
        while (fraction >= LengthOfDay(midnight) / SecondsPerDay)
        {
            fraction -= LengthOfDay(midnight) / SecondsPerDay;
            midnight++;
        }
        return new JulianDate(midnight, fraction, Scale);
    }

    /// <summary>Julian date of 0 h on a Gregorian date (Fliegel &amp; Van Flandern 1968, CACM 11, 657).</summary>
    internal static double MidnightOf(int year, int month, int day)
    {
        int a = (month - 14) / 12;
        int number =
            (1461 * (year + 4800 + a) / 4) + (367 * (month - 2 - (12 * a)) / 12) - (3 * ((year + 4900 + a) / 100) / 4) + day - 32075;
        return number - 0.5;
    }

    private static (int Year, int Month, int Day) CalendarOf(double midnight)
    {
        int l = (int)Math.Floor(midnight + 0.5) + 68569;
        int n = 4 * l / 146097;
        l -= ((146097 * n) + 3) / 4;
        int i = 4000 * (l + 1) / 1461001;
        l -= (1461 * i / 4) - 31;
        int j = 80 * l / 2447;
        int day = l - (2447 * j / 80);
        l = j / 11;
        return ((100 * (n - 49)) + i + l, j + 2 - (12 * l), day);
    }

    private static double TdbTerms(ReadOnlySpan<double> series, double millennia)
    {
        double sum = 0;
        for (int i = series.Length - 3; i >= 0; i -= 3)
        {
            sum += series[i] * Math.Sin((series[i + 1] * millennia) + series[i + 2]);
        }
        return sum;
    }

    private double LengthOfDay(double midnight) => Scale == TimeScale.Utc ? LeapSeconds.SecondsInDay(midnight) : SecondsPerDay;

    private JulianDate UtcToTai()
    {
        JulianDate utc = Normalised();
        return utc.AddSeconds(LeapSeconds.TaiMinusUtc(utc.Day)) with { Scale = TimeScale.Tai };
    }

    private JulianDate TaiToUtc()
    {
        JulianDate tai = Normalised();
        // The UTC day is this one or the one before; try the later offset first.
        JulianDate utc = tai.AddSeconds(-LeapSeconds.TaiMinusUtc(tai.Day)) with
        {
            Scale = TimeScale.Utc,
        };
        return utc.Fraction >= 0
            ? utc
            : new JulianDate(
                tai.Day - 1,
                tai.Fraction + ((SecondsPerDay - LeapSeconds.TaiMinusUtc(tai.Day - 1)) / SecondsPerDay),
                TimeScale.Utc
            );
    }

    private JulianDate TtToTdb() => AddSeconds(TdbMinusTt()) with { Scale = TimeScale.Tdb };
}
