using System.Globalization;
using System.Text;

namespace Albireo.Pipeline.Plots;

/// <summary>Text and numbers on their way into SVG and HTML.</summary>
internal static class Markup
{
    /// <summary>
    /// Text made safe for element content and for quoted attributes. Characters that XML forbids, control characters and those that
    /// turn the direction of text come out as U+FFFD.
    /// </summary>
    public static string Escape(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }
        var safe = new StringBuilder(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&':
                    safe.Append("&amp;");
                    break;
                case '<':
                    safe.Append("&lt;");
                    break;
                case '>':
                    safe.Append("&gt;");
                    break;
                case '"':
                    safe.Append("&quot;");
                    break;
                case '\'':
                    safe.Append("&#39;");
                    break;
                case '\t' or '\n':
                    safe.Append((char)rune.Value);
                    break;
                default:
                    safe.Append(IsShown(rune) ? rune.ToString() : "\uFFFD");
                    break;
            }
        }
        return safe.ToString();
    }

    /// <summary>A drawing coordinate, to a hundredth, without trailing zeros.</summary>
    public static string Number(double value)
    {
        double rounded = Math.Round(value, 2);
        return (rounded == 0 ? 0 : rounded).ToString("0.##", CultureInfo.InvariantCulture);
    }

    private static bool IsShown(Rune rune) =>
        rune.Value is not (>= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069 or 0x200E or 0x200F or 0xFFFE or 0xFFFF)
        && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Control;
}
