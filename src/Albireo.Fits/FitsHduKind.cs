namespace Albireo.Fits;

/// <summary>What an HDU holds.</summary>
public enum FitsHduKind
{
    /// <summary>An array of any number of axes, or none (a primary header without data).</summary>
    Image,

    /// <summary>An image in compressed tiles, stored in a binary table.</summary>
    CompressedImage,

    /// <summary>TABLE: columns of text.</summary>
    AsciiTable,

    /// <summary>BINTABLE.</summary>
    BinaryTable,

    /// <summary>A binary table whose columns are compressed, stored in another binary table.</summary>
    CompressedTable,

    /// <summary>Random groups (a primary HDU with NAXIS1 = 0 and GROUPS = T): header readable, data passed over.</summary>
    RandomGroups,

    /// <summary>An extension of a type that the standard does not know: header readable, data passed over.</summary>
    Unknown,
}
