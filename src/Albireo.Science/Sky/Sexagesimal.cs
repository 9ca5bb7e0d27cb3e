using System.Globalization;
using System.Text.RegularExpressions;

namespace Albireo.Science.Sky;

/// <summary>Angles and hours written in base sixty, or as a plain number.</summary>
internal static partial class Sexagesimal
{
    [GeneratedRegex(
        @"^\s*(?<sign>[+-]?)\s*(?<a>\d{1,3})\s*(?:[:\s]|(?<u>[hHdD°]))\s*(?:(?<b>\d{1,2}(?:\.\d*)?)\s*(?:$|[:\s]|[mM'′]\s*)\s*(?:(?<c>\d{1,2}(?:\.\d*)?)\s*(?:[sS""″]|'')?)?)?\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Form { get; }

    /// <summary>Reads an angle.</summary>
    /// <param name="text">Base sixty with colons, blanks or unit letters, or a plain number.</param>
    /// <param name="unit">What base sixty counts here, <c>h</c> or <c>d</c>; the other letter is refused, except that hours may be
    /// given in degrees (<c>31d02m34s</c>).</param>
    /// <param name="value">In the unit of the text.</param>
    /// <param name="hours">Whether the value counts hours: base sixty where <paramref name="unit"/> is <c>h</c>.</param>
    public static bool TryParse(string? text, char unit, out double value, out bool hours)
    {
        hours = false;
        value = double.NaN;
        if (text is null or { Length: > 60 })
        {
            return false;
        }
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double plain))
        {
            value = plain;
            return double.IsFinite(plain);
        }
        Match match = Form.Match(text);
        if (!match.Success)
        {
            return false;
        }
        string letter = match.Groups["u"].Value;
        if (unit == 'd' && letter is "h" or "H")
        {
            return false;
        }
        double minutes = Part(match.Groups["b"]);
        double seconds = Part(match.Groups["c"]);
        bool fractionalMinutes = match.Groups["b"].Value.Contains('.', StringComparison.Ordinal);
        if (minutes >= 60 || seconds >= 60 || (fractionalMinutes && match.Groups["c"].Success))
        {
            return false;
        }
        hours = unit == 'h' && letter is not ("d" or "D" or "°");
        value = Part(match.Groups["a"]) + (((minutes * 60) + seconds) / 3600);
        if (match.Groups["sign"].Value == "-")
        {
            value = -value;
        }
        return true;
    }

    /// <summary>As <c>±dd:mm:ss.s</c>, rounded; <paramref name="turn"/> (24 for hours) wraps to 0.</summary>
    public static string Format(double value, int decimals, double turn, bool signed)
    {
        if (!double.IsFinite(value))
        {
            return "";
        }
        double scale = Math.Pow(10, decimals);
        double ticks = Math.Round(Math.Abs(value) * 3600 * scale);
        double whole = Math.Floor(ticks / scale);
        if (whole / 3600 >= turn)
        {
            whole = 0;
            ticks = 0;
        }
        string sign =
            signed ? (double.IsNegative(value) ? "-" : "+")
            : value < 0 ? "-"
            : "";
        double rest = ticks - (whole * scale);
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{sign}{Math.Floor(whole / 3600):00}:{Math.Floor(whole / 60) % 60:00}:{whole % 60:00}"
        );
        return decimals == 0 ? text : text + "." + rest.ToString(new string('0', decimals), CultureInfo.InvariantCulture);
    }

    private static double Part(Group group) => group.Success ? double.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;
}
