using System.Globalization;

namespace Albireo.Pipeline.Instruments;

/// <summary>Angles as headers hold them: decimal numbers, or up to three parts with colons, blanks or unit letters between.</summary>
internal static class Sexagesimal
{
    /// <summary>
    /// The value in the unit of its first part. The sign counts for all parts, also on a zero. <paramref name="parts"/> is 1 for a
    /// decimal number; <paramref name="note"/> says what was odd (PRISM's fourth part of hundredths).
    /// </summary>
    public static bool TryParse(string text, out double value, out int parts, out string? note)
    {
        value = double.NaN;
        note = null;
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        bool negative = rest.Length > 0 && rest[0] is '-' or '−';
        if (rest.Length > 0 && rest[0] is '+' or '-' or '−')
        {
            rest = rest[1..];
        }
        string[] fields = rest.ToString()
            .Split(
                [':', ' ', 'd', 'h', 'm', 's', '°', '\'', '"', '′', '″'],
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            );
        parts = fields.Length;
        if (parts is 0 or > 4)
        {
            return false;
        }
        if (parts == 4 && fields[3].Length == 2 && fields[3].All(char.IsAsciiDigit) && fields[2].All(char.IsAsciiDigit))
        {
            fields = [fields[0], fields[1], $"{fields[2]}.{fields[3]}"];
            parts = 3;
            note = $"the last part of '{text.Trim()}' was read as hundredths of a second";
        }
        if (parts > 3)
        {
            return false;
        }
        double sum = 0;
        double weight = 1;
        for (int i = 0; i < parts; i++, weight /= 60)
        {
            bool whole = i < parts - 1;
            NumberStyles style =
                whole ? NumberStyles.None
                : parts == 1 ? NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent
                : NumberStyles.AllowDecimalPoint;
            if (!double.TryParse(fields[i], style, CultureInfo.InvariantCulture, out double part) || (i > 0 && part >= 60))
            {
                return false;
            }
            sum += part * weight;
        }
        value = negative ? -sum : sum;
        return true;
    }
}
