using System.Globalization;
using System.Text;

namespace Albireo.Fits;

/// <summary>Writes cards: fixed format, CONTINUE for long texts, HIERARCH for long keywords.</summary>
internal static class CardWriter
{
    private const int CommentColumn = 31;

    /// <summary>The keyword in capitals.</summary>
    /// <exception cref="ArgumentException">It has characters that FITS does not know.</exception>
    public static string CheckedKeyword(string keyword)
    {
        string name = keyword.ToUpperInvariant();
        bool hierarch =
            name.Length is > 0 and <= 60 && name.Trim() == name && IsPrintable(name) && name.AsSpan().IndexOfAny('=', '\'', '/') < 0;
        if (name.Length == 0 || name is "END" or "CONTINUE" or "COMMENT" or "HISTORY" || !(IsSimple(name) || hierarch))
        {
            throw new ArgumentException($"'{keyword}' cannot be the keyword of a FITS value.", nameof(keyword));
        }
        return name;
    }

    /// <summary>The shortest text that reads back the same, with a point or an exponent; empty (undefined) for NaN.</summary>
    public static string Shortest(double value)
    {
        if (double.IsInfinity(value))
        {
            throw new ArgumentException("A FITS header cannot hold an infinite number.", nameof(value));
        }
        if (double.IsNaN(value))
        {
            return "";
        }
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text;
    }

    /// <summary>A number, T, F or nothing, right-justified to column 30.</summary>
    public static IReadOnlyList<string> Number(string keyword, string value, string? comment)
    {
        string start = Start(keyword);
        string field = start.StartsWith("HIERARCH", StringComparison.Ordinal)
            ? start + value
            : start + value.PadLeft(CommentColumn - 1 - start.Length);
        if (field.Length > FitsCard.Length)
        {
            throw new ArgumentException($"The keyword {keyword} and its value exceed 80 columns.", nameof(keyword));
        }
        return [WithComment(field, comment)];
    }

    /// <summary>A text in quotes, over as many cards as it needs.</summary>
    public static IReadOnlyList<string> Text(string keyword, string value, string? comment)
    {
        ArgumentNullException.ThrowIfNull(value);
        string start = Start(keyword);
        string quoted = Ascii(value).Replace("'", "''", StringComparison.Ordinal);
        if (start.Length + quoted.Length + 2 <= FitsCard.Length)
        {
            string field = $"{start}'{quoted.PadRight(8)}'";
            field = field.Length > FitsCard.Length ? $"{start}'{quoted}'" : field;
            return [WithComment(field.PadRight(CommentColumn - 1), comment)];
        }
        var cards = new List<string>();
        int done = 0;
        while (done < quoted.Length || cards.Count == 0)
        {
            string head = cards.Count == 0 ? start : "CONTINUE  ";
            int take = Math.Min(quoted.Length - done, FitsCard.Length - head.Length - 3);
            if (done + take < quoted.Length)
            {
                take = WholeQuotes(quoted, done, take);
            }
            bool last = done + take == quoted.Length;
            bool roomForComment = string.IsNullOrEmpty(comment) || head.Length + take + comment.Length + 5 <= FitsCard.Length;
            string field = $"{head}'{quoted.AsSpan(done, take)}{(last && roomForComment ? "" : "&")}'";
            cards.Add(last && roomForComment ? WithComment(field, comment) : field.PadRight(FitsCard.Length));
            if (last && !roomForComment)
            {
                cards.Add(WithComment("CONTINUE  ''", comment));
            }
            done += take;
        }
        return cards;
    }

    /// <summary>COMMENT or HISTORY, 72 columns a card, broken at blanks where that is possible.</summary>
    public static IReadOnlyList<string> Commentary(string keyword, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        const int Room = FitsCard.Length - 8;
        var cards = new List<string>();
        foreach (string line in text.Split('\n'))
        {
            ReadOnlySpan<char> rest = Ascii(line.TrimEnd('\r'));
            do
            {
                int take = Math.Min(Room, rest.Length);
                if (take < rest.Length && rest[..take].LastIndexOf(' ') is int blank && blank > Room / 2)
                {
                    take = blank + 1;
                }
                cards.Add(string.Concat(keyword.PadRight(8), rest[..take]).PadRight(FitsCard.Length));
                rest = rest[take..];
            } while (rest.Length > 0);
        }
        return cards;
    }

    /// <summary>Header text may hold the printable ASCII characters only; others become a question mark.</summary>
    private static string Ascii(string text) =>
        IsPrintable(text) ? text : string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c : '?'));

    private static bool IsPrintable(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange(' ', '~');

    /// <summary>Whether a keyword fits into the first eight columns.</summary>
    private static bool IsSimple(string keyword)
    {
        foreach (char c in keyword)
        {
            if (!(char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is '-' or '_'))
            {
                return false;
            }
        }
        return keyword.Length <= 8;
    }

    private static string Start(string keyword) => IsSimple(keyword) ? keyword.PadRight(8) + "= " : "HIERARCH " + keyword + " = ";

    private static string WithComment(string field, string? comment)
    {
        if (!string.IsNullOrEmpty(comment) && field.Length + 4 <= FitsCard.Length)
        {
            ReadOnlySpan<char> shown = Ascii(comment);
            field = string.Concat(field, " / ", shown[..Math.Min(shown.Length, FitsCard.Length - field.Length - 3)]);
        }
        return field.PadRight(FitsCard.Length);
    }

    /// <summary>A length not above <paramref name="take"/> that does not part a doubled quote.</summary>
    private static int WholeQuotes(string quoted, int start, int take)
    {
        int quotes = 0;
        while (quotes < take && quoted[start + take - 1 - quotes] == '\'')
        {
            quotes++;
        }
        return quotes % 2 == 1 ? take - 1 : take;
    }
}
