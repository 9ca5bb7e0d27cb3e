using System.Globalization;
using System.Text;

namespace Albireo.Pipeline.Products;

/// <summary>Text from headers and file names, made harmless where it is shown or handed on.</summary>
public static class SafeText
{
    /// <summary>One line without terminal control characters: each becomes its code as <c>\xNN</c>.</summary>
    public static string OneLine(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') || !text.Any(IsControl))
        {
            return text;
        }
        var result = new StringBuilder(text.Length + 16);
        foreach (char c in text)
        {
            _ = IsControl(c) ? result.Append($"\\x{(int)c:X2}") : result.Append(c);
        }
        return result.ToString();
    }

    /// <summary>A CSV cell of foreign text: one that a spreadsheet would run as a formula gets a leading apostrophe.</summary>
    public static string Cell(string? text)
    {
        string line = OneLine(text ?? "");
        return line.Length > 0 && line[0] is '=' or '+' or '-' or '@' && !double.TryParse(line, out _) ? "'" + line : line;
    }

    /// <summary>A part of a file name: letters, digits, dot, minus and underscore as they are, the rest as underscores.</summary>
    public static string FilePart(string text)
    {
        string clean = string.Concat(
                text.Trim()
                    .Select(c =>
                        char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+' ? c
                        : c == '\'' ? 'p'
                        : '_'
                    )
            )
            .Trim('.');
        return clean.Length == 0 ? "_" : clean;
    }

    private static bool IsControl(char c) =>
        char.IsControl(c)
        || CharUnicodeInfo.GetUnicodeCategory(c)
            is UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;
}
