using System.Globalization;
using System.Text.RegularExpressions;

namespace Albireo.Science.Time;

/// <summary>Reads an instant in the forms that FITS headers hold.</summary>
internal static partial class IsoInstant
{
    [GeneratedRegex(
        @"^\s*(?:(?<y>\d{4})[-/](?<mo>\d{1,2})[-/](?<d>\d{1,2})|(?<d2>\d{1,2})/(?<mo2>\d{1,2})/(?<yy>\d{2}))"
            + @"(?:(?:[Tt]\s*|\s+)(?<h>\d{1,2}):(?<mi>\d{1,2})(?::(?<s>\d{1,2})(?<f>[.,]\d*)?)?"
            + @"\s*(?:(?<z>[Zz]|UTC?|GMT)|(?<sign>[+-])(?<oh>\d{2}):?(?<om>\d{2})?)?)?\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Form { get; }

    public static bool TryParse(string? text, int century, out JulianDate utc, out string? why)
    {
        utc = new JulianDate(double.NaN, double.NaN, TimeScale.Utc);
        Match match = Form.Match(text is { Length: < 100 } ? text : "");
        if (!match.Success)
        {
            why = string.IsNullOrWhiteSpace(text) ? "the text is empty" : "it is not a date and time such as 2017-12-20T01:33:43.3";
            return false;
        }
        if (!match.Groups["h"].Success)
        {
            why = "it has no time of day";
            return false;
        }
        bool shortYear = match.Groups["yy"].Success;
        int year = shortYear ? century + Number(match, "yy") : Number(match, "y");
        int month = Number(match, shortYear ? "mo2" : "mo");
        int day = Number(match, shortYear ? "d2" : "d");
        int hour = Number(match, "h");
        int minute = Number(match, "mi");
        string fraction = match.Groups["f"].Value.TrimStart('.', ',');
        double second = double.Parse($"{Number(match, "s")}.{fraction}0", CultureInfo.InvariantCulture);
        int offsetMinutes = (Number(match, "oh") * 60) + Number(match, "om");
        if (Number(match, "oh") > 15 || Number(match, "om") > 59)
        {
            why = "its offset from UTC is not possible";
            return false;
        }
        // In a leap second the hour and minute are 23:59 of UTC, whatever the zone: the second is checked after the offset.
        why = Problem(year, month, day, hour, minute, Math.Min(second, 59), TimeScale.Tai);
        if (why is not null)
        {
            return false;
        }
        int minutes = (hour * 60) + minute - (match.Groups["sign"].Value == "-" ? -offsetMinutes : offsetMinutes);
        int days = (int)Math.Floor(minutes / 1440.0);
        minutes -= days * 1440;
        double midnight = JulianDate.MidnightOf(year, month, day) + days;
        if (second >= 60)
        {
            bool leap = minutes == 1439 && LeapSeconds.SecondsInDay(midnight) > JulianDate.SecondsPerDay;
            if (second > 60 && !(leap && second < 61))
            {
                why = $"second {second.ToString(CultureInfo.InvariantCulture)} does not exist in that minute";
                return false;
            }
            why = leap ? null : "second 60 was read as second 0 of the next minute";
        }
        if (shortYear)
        {
            why = $"the year {year - century:D2} was read as {year}";
        }
        utc = new JulianDate(midnight, ((minutes * 60.0) + second) / JulianDate.SecondsPerDay, TimeScale.Utc);
        return true;
    }

    /// <summary>What is impossible about a date and time, or null.</summary>
    public static string? Problem(int year, int month, int day, int hour, int minute, double second, TimeScale scale)
    {
        if (year is < 1 or > 9999)
        {
            return $"there is no year {year}";
        }
        if (month is < 1 or > 12)
        {
            return $"there is no month {month}";
        }
        if (day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return $"{year:D4}-{month:D2} has no day {day}";
        }
        if (hour is < 0 or > 23)
        {
            return $"there is no hour {hour}";
        }
        if (minute is < 0 or > 59)
        {
            return $"there is no minute {minute}";
        }
        double limit =
            scale == TimeScale.Utc
            && hour == 23
            && minute == 59
            && LeapSeconds.SecondsInDay(JulianDate.MidnightOf(year, month, day)) > JulianDate.SecondsPerDay
                ? 61
                : 60;
        return second >= 0 && second < limit ? null : $"there is no second {second.ToString(CultureInfo.InvariantCulture)} in that minute";
    }

    private static int Number(Match match, string group) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
}
