namespace Albireo.Fits;

/// <summary>A tile cannot be decoded; becomes a <see cref="FitsFormatException"/> that names file, HDU and tile.</summary>
internal sealed class TileException(string found, string expected) : Exception(found)
{
    public string Found { get; } = found;

    public string Expected { get; } = expected;
}
