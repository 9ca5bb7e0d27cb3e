using System.Globalization;
using System.Text;

namespace Albireo.Fits;

/// <summary>Writes cards: fixed format, CONTINUE for long texts, HIERARCH for long keywords.</summary>
internal static class CardWriter
{
    /// <summary>Characters of a number at most.</summary>
    public const int LongestNumber = 32;

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
    /// <param name="value">Finite or NaN.</param>
    /// <param name="text">Room for <see cref="LongestNumber"/> characters.</param>
    public static ReadOnlySpan<char> Shortest(double value, Span<char> text)
    {
        if (double.IsInfinity(value))
        {
            throw new ArgumentException("A FITS header cannot hold an infinite number.", nameof(value));
        }
        if (double.IsNaN(value))
        {
            return "";
        }
        value.TryFormat(text, out int length, "R", CultureInfo.InvariantCulture);
        if (text[..length].IndexOfAny('.', 'E') < 0)
        {
            ".0".CopyTo(text[length..]);
            length += 2;
        }
        return text[..length];
    }

    /// <summary>A number, T, F or nothing, right-justified to column 30.</summary>
    public static string Number(string keyword, ReadOnlySpan<char> value, string? comment)
    {
        var card = new CardLine(stackalloc char[FitsCard.Length]);
        int begin = StartLength(keyword);
        // A long keyword leaves no room to justify its value.
        int field = keyword.StartsWith("HIERARCH", StringComparison.Ordinal) || begin > 10 ? 0 : CommentColumn - 1 - begin;
        if (begin + Math.Max(field, value.Length) > FitsCard.Length)
        {
            throw new ArgumentException($"The keyword {keyword} and its value exceed 80 columns.", nameof(keyword));
        }
        AppendStart(ref card, keyword);
        card.Fill(begin + field - value.Length);
        card.Append(value);
        return Finish(ref card, comment);
    }

    /// <summary>A text in quotes; null if it needs more than one card.</summary>
    public static string? ShortText(string keyword, string value, string? comment)
    {
        ArgumentNullException.ThrowIfNull(value);
        string quoted = Quoted(value);
        int begin = StartLength(keyword);
        if (begin + quoted.Length + 2 > FitsCard.Length)
        {
            return null;
        }
        var card = new CardLine(stackalloc char[FitsCard.Length]);
        AppendStart(ref card, keyword);
        card.Append("'");
        card.Append(quoted);
        card.Fill(begin + 10 <= FitsCard.Length ? begin + 9 : 0);
        card.Append("'");
        card.Fill(CommentColumn - 1);
        return Finish(ref card, comment);
    }

    /// <summary>A text in quotes that needs more than one card: the others are CONTINUE cards.</summary>
    public static IReadOnlyList<string> LongText(string keyword, string value, string? comment)
    {
        string start = Start(keyword);
        string quoted = Quoted(value);
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
    public static bool IsSimple(string keyword)
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

    private static string Quoted(string value) => Ascii(value).Replace("'", "''", StringComparison.Ordinal);

    private static int StartLength(string keyword) => IsSimple(keyword) ? 10 : keyword.Length + 12;

    private static void AppendStart(ref CardLine card, string keyword)
    {
        bool simple = IsSimple(keyword);
        card.Append(simple ? "" : "HIERARCH ");
        card.Append(keyword);
        card.Fill(simple ? 8 : 0);
        card.Append(simple ? "= " : " = ");
    }

    private static string Finish(ref CardLine card, string? comment)
    {
        if (!string.IsNullOrEmpty(comment) && card.Length + 4 <= FitsCard.Length)
        {
            card.Append(" / ");
            ReadOnlySpan<char> shown = Ascii(comment);
            card.Append(shown[..Math.Min(shown.Length, FitsCard.Length - card.Length)]);
        }
        card.Fill(FitsCard.Length);
        return card.ToString();
    }

    /// <summary>The columns of a card as they are filled: one string in the end and none on the way.</summary>
    private ref struct CardLine(Span<char> columns)
    {
        private readonly Span<char> columns = columns;

        public int Length { get; private set; }

        public void Append(ReadOnlySpan<char> text)
        {
            text.CopyTo(columns[Length..]);
            Length += text.Length;
        }

        /// <summary>Blanks up to a column; none if it is filled.</summary>
        public void Fill(int column)
        {
            if (column > Length)
            {
                columns[Length..column].Fill(' ');
                Length = column;
            }
        }

        public override readonly string ToString() => new(columns[..Length]);
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
