namespace Albireo.Fits;

/// <summary>Fills one row of an image with its stored numbers, big-endian.</summary>
internal delegate void TileRowReader(int row, Span<byte> destination);
