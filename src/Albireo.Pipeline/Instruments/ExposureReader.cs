using System.Globalization;
using System.Text.RegularExpressions;
using Albireo.Fits;
using Albireo.Pipeline.Inventory;

namespace Albireo.Pipeline.Instruments;

/// <summary>The exposure in seconds: numbers, numeric texts, units in the comment or behind the number.</summary>
internal static partial class ExposureReader
{
    private const double LongestSeconds = 7 * 86400;

    public static Sourced<double>? Read(HeaderReading reading)
    {
        Sourced<double>? found = null;
        foreach (string keyword in reading.KeywordsOf(Concepts.Exposure))
        {
            if (Seconds(reading, keyword) is not { } seconds)
            {
                continue;
            }
            string raw = reading.Card(keyword)!.Value!.Trim();
            if (found is null)
            {
                found = new Sourced<double>(seconds, keyword, raw);
            }
            else if (Math.Abs(seconds - found.Value) > 0.01 + (0.001 * found.Value))
            {
                reading.Warn($"{keyword} says {Show(seconds)} s and {found.From} {Show(found.Value)} s: {found.From} is used.");
            }
        }
        if (found is not null && reading.Number("TELAPSE") is { } elapsed && elapsed > 0)
        {
            if (elapsed < found.Value - 0.01)
            {
                reading.Warn($"TELAPSE = {Show(elapsed)} s is shorter than the exposure of {Show(found.Value)} s.");
            }
            else if (elapsed > (1.1 * found.Value) + 5)
            {
                reading.Warn($"TELAPSE = {Show(elapsed)} s against an exposure of {Show(found.Value)} s: was it interrupted?");
            }
        }
        return found;
    }

    private static double? Seconds(HeaderReading reading, string keyword)
    {
        if (reading.Card(keyword) is not { } card || string.IsNullOrWhiteSpace(card.Value))
        {
            return null;
        }
        string text = card.Value.Trim();
        double unit = CommentUnit.In(card.Comment, CommentUnit.Seconds) ?? reading.Profile?.ExposureUnitSeconds ?? 1;
        if (!HeaderReading.TryNumber(text, out double value))
        {
            Match match = NumberWithUnit.Match(text);
            if (!match.Success || HeaderReading.IsMissing(text))
            {
                reading.Warn($"{keyword} = {HeaderReading.Quoted(card)} is no exposure: taken as missing.");
                return null;
            }
            value = double.Parse(match.Groups["number"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture);
            unit = CommentUnit.Seconds[match.Groups["unit"].Value.ToLowerInvariant()];
            reading.Warn($"{keyword} = '{text}' has its unit in the value: read as {Show(value * unit)} s.");
        }
        else if (unit != 1)
        {
            reading.Warn($"{keyword} = {text} is not in seconds by its comment or the profile: read as {Show(value * unit)} s.");
        }
        if (value < 0)
        {
            reading.Warn($"{keyword} = {text} is negative: taken as missing.");
            return null;
        }
        if (value * unit > LongestSeconds)
        {
            reading.Warn($"{keyword} = {text} is longer than any exposure: taken as missing.");
            return null;
        }
        return value * unit;
    }

    private static string Show(double seconds) => seconds.ToString("0.######", CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^(?<number>[+-]?\d+\.?\d*(?:[eE][+-]?\d+)?)\s*(?<unit>us|µs|ms|msec|s|sec|secs|seconds?|min|minutes?|h|hr|hours?)\.?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex NumberWithUnit { get; }
}
