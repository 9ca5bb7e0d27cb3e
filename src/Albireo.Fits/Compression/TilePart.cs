namespace Albireo.Fits;

/// <summary>What a request takes from one tile.</summary>
/// <param name="Number">The tile.</param>
/// <param name="Pixels">Pixels of the tile.</param>
/// <param name="TileColumns">Columns of the tile.</param>
/// <param name="TileRow">First row within the tile.</param>
/// <param name="TileColumn">First column within the tile.</param>
/// <param name="Rows">Rows to take.</param>
/// <param name="Columns">Columns to take.</param>
/// <param name="At">Where the first pixel goes in the request's result.</param>
internal readonly record struct TilePart(
    long Number,
    int Pixels,
    int TileColumns,
    long TileRow,
    int TileColumn,
    int Rows,
    int Columns,
    int At
)
{
    /// <summary>Whether the whole tile is taken.</summary>
    public bool IsWhole => TileRow == 0 && TileColumn == 0 && (long)Rows * Columns == Pixels;
}
