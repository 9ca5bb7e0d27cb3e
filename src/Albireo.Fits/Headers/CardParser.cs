using System.Globalization;
using System.Text;

namespace Albireo.Fits;

/// <summary>Reads keyword, value and comment of a card (FITS 4.0, section 4), fixed or free format.</summary>
internal static class CardParser
{
    private const string HierarchStart = "HIERARCH ";

    /// <summary>The keyword; for a HIERARCH card with a value, the words between HIERARCH and '='.</summary>
    public static string Keyword(string image, out bool hierarch)
    {
        hierarch = false;
        if (image.StartsWith(HierarchStart, StringComparison.Ordinal))
        {
            int equals = HierarchEquals(image);
            if (equals > 0)
            {
                hierarch = true;
                return OneBlankBetween(image.AsSpan(HierarchStart.Length, equals - HierarchStart.Length));
            }
        }
        ReadOnlySpan<char> name = image.AsSpan(0, 8).TrimEnd(' ');
        return CommonKeywords.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out string? known) ? known : name.ToString();
    }

    public static ParsedValue Parse(FitsCard card)
    {
        string image = card.Image;
        int start = ValueStart(card);
        if (start < 0)
        {
            string text = image[8..].TrimEnd(' ');
            return new ParsedValue(FitsValueKind.None, null, text.Length == 0 ? null : text);
        }
        ReadOnlySpan<char> field = image.AsSpan(start);
        ReadOnlySpan<char> trimmed = field.TrimStart(' ');
        if (trimmed.Length > 0 && trimmed[0] == '\'')
        {
            return Text(card, trimmed);
        }
        int slash = trimmed.IndexOf('/');
        ReadOnlySpan<char> value = (slash < 0 ? trimmed : trimmed[..slash]).TrimEnd(' ');
        string? comment = slash < 0 ? null : NullIfEmpty(trimmed[(slash + 1)..].Trim(' '));
        return value.Length == 0
            ? new ParsedValue(FitsValueKind.Undefined, null, comment)
            : new ParsedValue(KindOf(value), value.ToString(), comment);
    }

    /// <summary>A real number in any FITS form: free format, exponents E or D of either case. Infinite or NaN is none.</summary>
    public static bool TryReal(ReadOnlySpan<char> text, out double value)
    {
        Span<char> buffer = stackalloc char[FitsCard.Length];
        value = double.NaN;
        if (text.Length is 0 or > FitsCard.Length || KindOfNumber(text) is FitsValueKind.Invalid)
        {
            return false;
        }
        text.CopyTo(buffer);
        Span<char> used = buffer[..text.Length];
        used.Replace('D', 'E');
        used.Replace('d', 'E');
        return double.TryParse(used, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    /// <summary>Column index behind the value indicator, or −1 if the card has none.</summary>
    private static int ValueStart(FitsCard card)
    {
        if (card.IsHierarch)
        {
            return HierarchEquals(card.Image) + 1;
        }
        return card.Image[8] != '=' || card.Keyword is "COMMENT" or "HISTORY" or "" or "CONTINUE" or "END" ? -1 : 9;
    }

    /// <summary>Position of the '=' of a HIERARCH card, if the words before it are plain; else −1.</summary>
    private static int HierarchEquals(string image)
    {
        int equals = image.IndexOf('=', HierarchStart.Length);
        if (equals < 0 || image.AsSpan(HierarchStart.Length, equals - HierarchStart.Length).IndexOfAny('\'', '/') >= 0)
        {
            return -1;
        }
        return image.AsSpan(HierarchStart.Length, equals - HierarchStart.Length).Trim(' ').Length > 0 ? equals : -1;
    }

    private static ParsedValue Text(FitsCard card, ReadOnlySpan<char> field)
    {
        if (!Unquote(field, out string first, out string? comment))
        {
            return new ParsedValue(FitsValueKind.Invalid, field.TrimEnd(' ').ToString(), null);
        }
        if (card.Continuations.Count == 0)
        {
            return new ParsedValue(FitsValueKind.Text, first, comment);
        }
        var text = new StringBuilder(first);
        foreach (FitsCard next in card.Continuations)
        {
            DropAmpersand(text);
            Unquote(next.Image.AsSpan(10).TrimStart(' '), out string more, out string? moreComment);
            text.Append(more);
            comment =
                comment is null ? moreComment
                : moreComment is null ? comment
                : comment + " " + moreComment;
        }
        return new ParsedValue(FitsValueKind.Text, text.ToString(), comment);
    }

    private static void DropAmpersand(StringBuilder text)
    {
        while (text.Length > 0 && text[^1] == ' ')
        {
            text.Length--;
        }
        if (text.Length > 0 && text[^1] == '&')
        {
            text.Length--;
        }
    }

    /// <summary>Whether the text of this card goes on in a CONTINUE card behind it.</summary>
    public static bool ExpectsMore(FitsCard card)
    {
        int start = card.Keyword == "CONTINUE" ? 10 : ValueStart(card);
        return start >= 0
            && Unquote(card.Image.AsSpan(start).TrimStart(' '), out string text, out _)
            && text.AsSpan().TrimEnd(' ').EndsWith("&", StringComparison.Ordinal);
    }

    /// <summary>Whether this is a CONTINUE card with a text.</summary>
    public static bool IsContinuation(FitsCard card) =>
        card.Keyword == "CONTINUE" && Unquote(card.Image.AsSpan(Math.Min(10, card.Image.Length)).TrimStart(' '), out _, out _);

    /// <summary>Text between quotes, '' read as '; trailing blanks dropped where the text is to go on, kept otherwise.</summary>
    private static bool Unquote(ReadOnlySpan<char> field, out string text, out string? comment)
    {
        text = "";
        comment = null;
        if (field.Length == 0 || field[0] != '\'')
        {
            return false;
        }
        int end = 1;
        bool doubled = false;
        while (end < field.Length)
        {
            if (field[end] != '\'')
            {
                end++;
            }
            else if (end + 1 < field.Length && field[end + 1] == '\'')
            {
                doubled = true;
                end += 2;
            }
            else
            {
                break;
            }
        }
        if (end >= field.Length)
        {
            return false;
        }
        ReadOnlySpan<char> inside = field[1..end];
        text = doubled ? inside.ToString().Replace("''", "'", StringComparison.Ordinal) : inside.ToString();
        ReadOnlySpan<char> rest = field[(end + 1)..];
        int slash = rest.IndexOf('/');
        comment = slash < 0 ? null : NullIfEmpty(rest[(slash + 1)..].Trim(' '));
        return true;
    }

    private static FitsValueKind KindOf(ReadOnlySpan<char> value)
    {
        if (value.Length == 1 && value[0] is 'T' or 'F')
        {
            return FitsValueKind.Logical;
        }
        if (value[0] == '(')
        {
            int comma = value.IndexOf(',');
            return
                comma > 0
                && value[^1] == ')'
                && KindOfNumber(value[1..comma].Trim(' ')) != FitsValueKind.Invalid
                && KindOfNumber(value[(comma + 1)..^1].Trim(' ')) != FitsValueKind.Invalid
                ? FitsValueKind.Complex
                : FitsValueKind.Invalid;
        }
        FitsValueKind kind = KindOfNumber(value);
        return kind == FitsValueKind.Real && !TryReal(value, out _) ? FitsValueKind.Invalid : kind;
    }

    /// <summary>Integer, Real or Invalid by the grammar [+-]digits[.digits][(E|D)[+-]digits], with a digit on either side of the point.</summary>
    private static FitsValueKind KindOfNumber(ReadOnlySpan<char> value)
    {
        int i = value.Length > 0 && value[0] is '+' or '-' ? 1 : 0;
        int whole = Digits(value, ref i);
        if (i == value.Length)
        {
            return whole > 0 ? FitsValueKind.Integer : FitsValueKind.Invalid;
        }
        int fraction = 0;
        if (value[i] == '.')
        {
            i++;
            fraction = Digits(value, ref i);
        }
        if (whole + fraction == 0)
        {
            return FitsValueKind.Invalid;
        }
        if (i < value.Length && value[i] is 'E' or 'D' or 'e' or 'd')
        {
            i++;
            if (i < value.Length && value[i] is '+' or '-')
            {
                i++;
            }
            if (Digits(value, ref i) == 0)
            {
                return FitsValueKind.Invalid;
            }
        }
        return i == value.Length ? FitsValueKind.Real : FitsValueKind.Invalid;
    }

    private static int Digits(ReadOnlySpan<char> value, ref int i)
    {
        int start = i;
        while (i < value.Length && char.IsAsciiDigit(value[i]))
        {
            i++;
        }
        return i - start;
    }

    private static string OneBlankBetween(ReadOnlySpan<char> words) =>
        string.Join(' ', words.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string? NullIfEmpty(ReadOnlySpan<char> text) => text.Length == 0 ? null : text.ToString();

    /// <summary>Keywords of most headers, so that thousands of headers share their strings.</summary>
    private static readonly HashSet<string> CommonKeywords =
    [
        "",
        "COMMENT",
        "HISTORY",
        "SIMPLE",
        "XTENSION",
        "BITPIX",
        "NAXIS",
        "NAXIS1",
        "NAXIS2",
        "NAXIS3",
        "EXTEND",
        "BZERO",
        "BSCALE",
        "BLANK",
        "DATE",
        "DATE-OBS",
        "OBJECT",
        "EXPTIME",
        "FILTER",
        "IMAGETYP",
        "INSTRUME",
        "TELESCOP",
        "OBSERVER",
        "RA",
        "DEC",
        "EQUINOX",
        "AIRMASS",
        "GAIN",
        "XBINNING",
        "YBINNING",
        "CCD-TEMP",
        "PCOUNT",
        "GCOUNT",
        "TFIELDS",
        "CHECKSUM",
        "DATASUM",
        "CONTINUE",
        "EXTNAME",
        "CTYPE1",
        "CTYPE2",
        "CRVAL1",
        "CRVAL2",
        "CRPIX1",
        "CRPIX2",
        "CD1_1",
        "CD1_2",
        "CD2_1",
        "CD2_2",
    ];
}
