namespace Albireo.Science.Images;

/// <summary>One colour of a mosaic of filters.</summary>
public enum ColourChannel
{
    /// <summary>One pixel of every cell.</summary>
    Red,

    /// <summary>Two pixels of every cell, on a diagonal.</summary>
    Green,

    /// <summary>One pixel of every cell.</summary>
    Blue,
}
