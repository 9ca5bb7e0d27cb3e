namespace Albireo.Fits;

/// <summary>What stands in the value field of a card.</summary>
public enum FitsValueKind
{
    /// <summary>No value: COMMENT, HISTORY, blank and other cards without a value indicator.</summary>
    None,

    /// <summary>A value indicator with nothing behind it.</summary>
    Undefined,

    /// <summary>Text in quotes.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number with a point or an exponent (E or D).</summary>
    Real,

    /// <summary>T or F.</summary>
    Logical,

    /// <summary>A pair of numbers in parentheses.</summary>
    Complex,

    /// <summary>Something that the standard does not allow; <see cref="FitsCard.Value"/> has it as written.</summary>
    Invalid,
}
