using System.Globalization;
using System.Numerics;

namespace Albireo.Fits;

/// <summary>One line of 80 columns of a header, as stored. Keyword, value and comment are read from it on demand.</summary>
public sealed class FitsCard
{
    /// <summary>Columns of a card.</summary>
    public const int Length = 80;

    private ParsedValue? parsed;

    internal FitsCard(string image)
    {
        Image = image;
        Keyword = CardParser.Keyword(image, out bool hierarch);
        IsHierarch = hierarch;
    }

    /// <summary>A card whose keyword is known.</summary>
    internal FitsCard(string image, string keyword)
    {
        Image = image;
        Keyword = keyword;
    }

    /// <summary>The 80 columns exactly as stored, one character a byte (Latin-1).</summary>
    public string Image { get; }

    /// <summary>The keyword without trailing blanks; for ESO's HIERARCH cards the words after it, as in <c>ESO DPR TYPE</c>.</summary>
    public string Keyword { get; }

    /// <summary>
    /// Text without its quotes and with what CONTINUE cards add, numbers as written, null where there is no value. Trailing blanks
    /// of text are kept here and dropped by <see cref="FitsHeader.Text"/>.
    /// </summary>
    public string? Value => Parsed.Value;

    /// <summary>The comment (of the CONTINUE cards too), trimmed; for cards without a value the text from column 9. Null if none.</summary>
    public string? Comment => Parsed.Comment;

    /// <summary>What stands in the value field.</summary>
    public FitsValueKind Kind => Parsed.Kind;

    /// <summary>Whether the card follows ESO's HIERARCH convention.</summary>
    public bool IsHierarch { get; private init; }

    /// <summary>The CONTINUE cards that belong to this one.</summary>
    internal IReadOnlyList<FitsCard> Continuations
    {
        get;
        set
        {
            field = value;
            parsed = null;
        }
    } = [];

    private ParsedValue Parsed => parsed ??= CardParser.Parse(this);

    /// <inheritdoc/>
    public override string ToString() => Image;

    /// <summary>The same card without the CONTINUE cards that belong to it where it stands.</summary>
    internal FitsCard Alone() => new(Image, Keyword) { IsHierarch = IsHierarch };

    /// <summary>The value as a whole number; false if it is none or exceeds 64 bits. A real without a fraction counts.</summary>
    internal bool TryInteger(out long value)
    {
        value = 0;
        return Kind switch
        {
            FitsValueKind.Integer => long.TryParse(Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value),
            FitsValueKind.Real => TryReal(out double real) && Math.Abs(real) < 1L << 53 && real == (value = (long)real),
            _ => false,
        };
    }

    /// <summary>The value as a number; false if it is none.</summary>
    internal bool TryReal(out double value)
    {
        value = double.NaN;
        return Kind is FitsValueKind.Integer or FitsValueKind.Real && CardParser.TryReal(Value, out value);
    }

    /// <summary>The value as a complex number; false if it is none.</summary>
    internal bool TryComplex(out Complex value)
    {
        value = default;
        if (Kind != FitsValueKind.Complex)
        {
            return false;
        }
        int comma = Value!.IndexOf(',', StringComparison.Ordinal);
        bool both =
            CardParser.TryReal(Value.AsSpan(1, comma - 1).Trim(' '), out double real)
            & CardParser.TryReal(Value.AsSpan(comma + 1, Value.Length - comma - 2).Trim(' '), out double imaginary);
        value = new Complex(real, imaginary);
        return both;
    }
}
