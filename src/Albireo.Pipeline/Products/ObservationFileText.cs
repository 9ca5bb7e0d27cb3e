using System.Globalization;
using System.Text;

namespace Albireo.Pipeline.Products;

/// <summary>Text in the tables of observation.fits: FITS takes printable ASCII only, so any other character is written as <c>\uXXXX</c>.</summary>
internal static class ObservationFileText
{
    public static string Escaped(string? text)
    {
        if (text is null || text.All(c => c is >= ' ' and <= '~' and not '\\'))
        {
            return text ?? "";
        }
        var result = new StringBuilder(text.Length + 16);
        for (int i = 0; i < text.Length; i++)
        {
            bool looksEscaped = text[i] == '\\' && i + 1 < text.Length && text[i + 1] == 'u';
            _ =
                text[i] is >= ' ' and <= '~' && !looksEscaped
                    ? result.Append(text[i])
                    : result.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
        }
        return result.ToString();
    }

    /// <summary>The text as it was; null for an empty cell.</summary>
    public static string? Unescaped(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }
        if (!text.Contains("\\u", StringComparison.Ordinal))
        {
            return text;
        }
        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool isEscape = text[i] == '\\' && i + 5 < text.Length && text[i + 1] == 'u';
            if (
                isEscape
                && ushort.TryParse(text.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code)
            )
            {
                result.Append((char)code);
                i += 5;
            }
            else
            {
                result.Append(text[i]);
            }
        }
        return result.ToString();
    }
}
