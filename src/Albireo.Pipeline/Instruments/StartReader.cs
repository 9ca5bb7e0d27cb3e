using System.Globalization;
using Albireo.Fits;
using Albireo.Pipeline.Inventory;
using Albireo.Science.Time;

namespace Albireo.Pipeline.Instruments;

/// <summary>
/// When the exposure began, in UTC. The first keyword in order of trust that holds a whole instant is used; the others are held
/// against it, and what disagrees is said.
/// </summary>
internal static class StartReader
{
    /// <summary>Years that a CCD frame can have; others are slips.</summary>
    private const int FirstYear = 1970;
    private const int LastYear = 2099;

    public static Sourced<JulianDate>? Read(HeaderReading reading, Sourced<double>? exposure)
    {
        TimeScale? scale = Scale(reading);
        Candidate? chosen = null;
        foreach (string keyword in reading.KeywordsOf(Concepts.Start))
        {
            if (Instant(reading, keyword, scale) is not { } dated || ToStart(reading, dated, exposure) is not { } candidate)
            {
                continue;
            }
            if (chosen is null)
            {
                chosen = candidate;
            }
            else
            {
                Compare(reading, chosen, candidate);
            }
        }
        if (chosen is null)
        {
            return null;
        }
        if (chosen.ToleranceSeconds > 1)
        {
            reading.Warn($"{chosen.From} = {chosen.Raw} is rounded: the start is known to ±{Show(chosen.ToleranceSeconds)} s only.");
        }
        CompareTimes(reading, chosen, exposure);
        CompareEnd(reading, chosen, exposure, scale);
        return new Sourced<JulianDate>(chosen.Start, chosen.From, chosen.Raw);
    }

    private static void Compare(HeaderReading reading, Candidate chosen, Candidate other)
    {
        double seconds = other.Start.DaysSince(chosen.Start) * JulianDate.SecondsPerDay;
        if (Math.Abs(seconds) > chosen.ToleranceSeconds + other.ToleranceSeconds + 1.5)
        {
            reading.Warn(
                $"{other.From} = {other.Raw} means a start {Show(Math.Abs(seconds))} s {(seconds > 0 ? "later" : "earlier")} than "
                    + $"{chosen.From} = {chosen.Raw}: {chosen.From} is used."
            );
        }
    }

    /// <summary>
    /// A time of day beside a date that has one of its own: midnight in the date, or a clock of another zone. UT and TIME may date any
    /// moment of the exposure, and the clocks of telescope and camera differ a little.
    /// </summary>
    private static void CompareTimes(HeaderReading reading, Candidate chosen, Sourced<double>? exposure)
    {
        foreach (string keyword in reading.KeywordsOf(Concepts.TimeOfDay))
        {
            if (
                chosen.From.Contains(keyword, StringComparison.Ordinal)
                || reading.Text(keyword) is not { } text
                || SaysLocal(reading.Comment(keyword))
                || !IsTimeOnly(text.Replace(' ', ':'))
                || !JulianDate.TryParseIso($"2000-01-01T{text.Replace(' ', ':')}", out JulianDate time, out _)
            )
            {
                continue;
            }
            double days = time.Value - chosen.Start.Value;
            double seconds = (days - Math.Round(days)) * JulianDate.SecondsPerDay;
            if (seconds < -60 - chosen.ToleranceSeconds || seconds > (exposure?.Value ?? 0) + 60 + chosen.ToleranceSeconds)
            {
                reading.Warn($"{keyword} = '{text}' is another time of day than {chosen.From} = {chosen.Raw}: {chosen.From} is used.");
            }
        }
    }

    /// <summary>An end before the exposure could be over means that the "start" is something else.</summary>
    private static void CompareEnd(HeaderReading reading, Candidate chosen, Sourced<double>? exposure, TimeScale? scale)
    {
        if (exposure is null || Instant(reading, "DATE-END", scale) is not { } end)
        {
            return;
        }
        double seconds = end.Instant.DaysSince(chosen.Start) * JulianDate.SecondsPerDay;
        if (seconds < exposure.Value - 1.5 - end.ToleranceSeconds - chosen.ToleranceSeconds)
        {
            reading.Warn($"DATE-END is {Show(seconds)} s after {chosen.From}, less than the exposure of {Show(exposure.Value)} s.");
        }
    }

    /// <summary>The clock that TIMESYS or the profile names; null when TIMESYS is a word that we do not know.</summary>
    private static TimeScale? Scale(HeaderReading reading)
    {
        if (reading.Text("TIMESYS") is not { } text)
        {
            return reading.Profile?.TimeScale ?? TimeScale.Utc;
        }
        switch (text.ToUpperInvariant())
        {
            case "UTC" or "UT" or "GMT" or "Z":
                return TimeScale.Utc;
            case "UT1":
                reading.Warn("TIMESYS = 'UT1' is taken as UTC, which is never more than 0.9 s away.");
                return TimeScale.Utc;
            case "TAI" or "IAT":
                return TimeScale.Tai;
            case "TT" or "TDT" or "ET":
                return TimeScale.Tt;
            case "TDB":
                return TimeScale.Tdb;
            default:
                reading.Warn($"TIMESYS = '{text}' is a clock that is not known: dates without a zone of their own are not used.");
                return null;
        }
    }

    private static Dated? Instant(HeaderReading reading, string keyword, TimeScale? scale)
    {
        if (reading.Card(keyword) is not { } card || HeaderReading.IsMissing(card.Value))
        {
            return null;
        }
        string text = card.Value!.Trim();
        bool number = keyword.StartsWith("MJD", StringComparison.Ordinal) || keyword is "JD" or "JD-OBS";
        return number ? OfNumber(reading, card, text, scale) : OfText(reading, card, text, scale);
    }

    private static Dated? OfText(HeaderReading reading, FitsCard card, string text, TimeScale? scale)
    {
        string keyword = card.Keyword;
        string from = keyword;
        if (card.Kind != FitsValueKind.Text)
        {
            reading.Warn($"{keyword} = {text} is not a date in quotes: not used.");
            return null;
        }
        if (IsTimeOnly(text))
        {
            return null;
        }
        if (!HasTime(text))
        {
            if (TimeOfDay(reading, keyword) is not { } time)
            {
                if (keyword != "UT-OBS")
                {
                    reading.Warn($"{keyword} = '{text}' has no time of day, and no other keyword has one: not used.");
                }
                return null;
            }
            (text, from) = HasTime(time.Raw) ? (time.Raw, time.From) : ($"{text} {time.Raw}", $"{keyword}+{time.From}");
        }
        else if (!IsStandard(text))
        {
            reading.Warn($"{keyword} = '{text}' is not written as FITS has it (2017-12-20T01:33:43.3): read all the same.");
        }
        if (!JulianDate.TryParseIso(text, reading.Profile?.Century ?? 1900, out JulianDate utc, out string? why))
        {
            reading.Warn($"{from} = '{text}': {why}; not used.");
            return null;
        }
        if (why is not null && !text.Contains('/', StringComparison.Ordinal))
        {
            reading.Warn($"{from} = '{text}': {why}.");
        }
        bool own = HasZone(text);
        bool universal = own || from.Contains("UT", StringComparison.Ordinal);
        if (!universal)
        {
            if (scale is not { } clock)
            {
                return null;
            }
            utc = (utc with { Scale = clock }).To(TimeScale.Utc);
            if (SaysLocal(card.Comment))
            {
                reading.Warn(
                    $"The comment of {keyword} speaks of local time, but the value has no zone: taken as {clock.ToString().ToUpperInvariant()}."
                );
            }
        }
        return Plausible(reading, utc, from, text) ? new Dated(keyword, utc, 0.001, from, text, card.Comment ?? "") : null;
    }

    private static Dated? OfNumber(HeaderReading reading, FitsCard card, string text, TimeScale? scale)
    {
        string keyword = card.Keyword;
        if (reading.Number(keyword) is not { } value || scale is not { } clock)
        {
            return null;
        }
        bool modified = keyword.StartsWith("MJD", StringComparison.Ordinal);
        if (modified && value > 2_400_000)
        {
            reading.Warn($"{keyword} = {text} is a full Julian date: read as one.");
            modified = false;
        }
        else if (!modified && value < 1_000_000)
        {
            reading.Warn($"{keyword} = {text} is no Julian date: not used.");
            return null;
        }
        double whole = Math.Floor(value);
        JulianDate date = modified ? JulianDate.FromModified(value, clock) : new JulianDate(whole, value - whole, clock);
        int point = text.IndexOf('.', StringComparison.Ordinal);
        int decimals = 0;
        while (point >= 0 && point + 1 + decimals < text.Length && char.IsAsciiDigit(text[point + 1 + decimals]))
        {
            decimals++;
        }
        double tolerance = Math.Max(modified ? 1e-6 : 2e-5, 0.5 * Math.Pow(10, -decimals) * JulianDate.SecondsPerDay);
        JulianDate utc = date.To(TimeScale.Utc);
        return Plausible(reading, utc, keyword, text) ? new Dated(keyword, utc, tolerance, keyword, text, card.Comment ?? "") : null;
    }

    /// <summary>From what was dated to the start.</summary>
    private static Candidate? ToStart(HeaderReading reading, Dated dated, Sourced<double>? exposure)
    {
        bool average = dated.Keyword is "DATE-AVG" or "MJD-AVG";
        TimeMeaning meaning = average ? TimeMeaning.Mid : reading.Profile?.TimeIs ?? TimeMeaning.Start;
        if (dated.Keyword is "DATE-BEG" or "MJD-BEG")
        {
            meaning = TimeMeaning.Start;
        }
        else if (
            !average
            && meaning == TimeMeaning.Start
            && dated.Comment.Contains("mid", StringComparison.OrdinalIgnoreCase)
            && !SaysMidnight(dated.Comment)
        )
        {
            reading.Warn(
                $"The comment of {dated.Keyword} speaks of the middle of the exposure; it is taken as the start (a profile's time-is: mid changes that)."
            );
        }
        if (meaning == TimeMeaning.Start)
        {
            return new Candidate(dated.Instant, dated.ToleranceSeconds, dated.From, dated.Raw);
        }
        if (exposure is null)
        {
            reading.Warn(
                $"{dated.From} dates the {(meaning == TimeMeaning.Mid ? "middle" : "end")} of the exposure, whose length is not known: not used."
            );
            return null;
        }
        double back = meaning == TimeMeaning.Mid ? exposure.Value / 2 : exposure.Value;
        string half = meaning == TimeMeaning.Mid ? "/2" : "";
        return new Candidate(dated.Instant.AddSeconds(-back), dated.ToleranceSeconds, $"{dated.From}-{exposure.From}{half}", dated.Raw);
    }

    private static Sourced<string>? TimeOfDay(HeaderReading reading, string dateKeyword)
    {
        foreach (string keyword in reading.KeywordsOf(Concepts.TimeOfDay))
        {
            if (keyword == dateKeyword || reading.Text(keyword) is not { } text)
            {
                continue;
            }
            string time = text.Replace(' ', ':');
            if (IsTimeOnly(time) || HasTime(text))
            {
                return new Sourced<string>(text, keyword, HasTime(text) ? text : time);
            }
            reading.Warn($"{keyword} = '{text}' is not a time of day such as 21:05:32: not used.");
        }
        return null;
    }

    private static bool Plausible(HeaderReading reading, JulianDate utc, string from, string raw)
    {
        // Julian dates of 1970-01-02 (a clock that was never set says the 1st) and 2100-01-01.
        if (utc.Value is >= 2440588.5 and < 2488069.5)
        {
            return true;
        }
        reading.Warn($"{from} = {raw} lies outside {FirstYear}–{LastYear}: not used.");
        return false;
    }

    /// <summary>yyyy-mm-ddThh:mm:ss, a fraction, and perhaps a zone.</summary>
    private static bool IsStandard(string text)
    {
        const string Form = "dddd-dd-ddTdd:dd:dd";
        for (int i = 0; i < Form.Length; i++)
        {
            if (i >= text.Length || (Form[i] == 'd' ? !char.IsAsciiDigit(text[i]) : text[i] != Form[i]))
            {
                return false;
            }
        }
        return text.Skip(Form.Length).All(c => char.IsAsciiDigit(c) || c is '.' or 'Z' or '+' or '-' or ':');
    }

    /// <summary>hh:mm or hh:mm:ss, nothing else.</summary>
    private static bool IsTimeOnly(string text) =>
        text.Length >= 4 && text.IndexOf(':') is 1 or 2 && text.All(c => char.IsAsciiDigit(c) || c is ':' or '.' or 'Z');

    private static bool HasTime(string text) =>
        text.Length > 8 && text.IndexOfAny(['-', '/'], 1) > 0 && text.Contains(':', StringComparison.Ordinal);

    private static bool HasZone(string text)
    {
        int time = text.IndexOf(':', StringComparison.Ordinal);
        return time > 0
            && (
                text[time..].IndexOfAny(['+', '-', 'Z', 'z']) >= 0
                || text.EndsWith("UTC", StringComparison.OrdinalIgnoreCase)
                || text.EndsWith("GMT", StringComparison.OrdinalIgnoreCase)
            );
    }

    private static bool SaysLocal(string? comment) =>
        comment is not null
        && (
            comment.Contains("local", StringComparison.OrdinalIgnoreCase)
            || comment.EndsWith(" LT", StringComparison.Ordinal)
            || comment.Contains("(LT)", StringComparison.Ordinal)
        );

    private static bool SaysMidnight(string comment) => comment.Contains("midnight", StringComparison.OrdinalIgnoreCase);

    private static string Show(double seconds) => seconds.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>An instant that stands in the header.</summary>
    private sealed record Dated(string Keyword, JulianDate Instant, double ToleranceSeconds, string From, string Raw, string Comment);

    /// <summary>A start that follows from it.</summary>
    private sealed record Candidate(JulianDate Start, double ToleranceSeconds, string From, string Raw);
}
