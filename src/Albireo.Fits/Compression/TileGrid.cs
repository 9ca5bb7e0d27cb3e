namespace Albireo.Fits;

/// <summary>How an image of any number of axes is cut into tiles. All axes fastest first.</summary>
internal sealed class TileGrid
{
    private readonly long[] axes;
    private readonly long[] tile;
    private readonly long[] counts;

    public TileGrid(long[] axes, long[] tile)
    {
        this.axes = axes;
        this.tile = tile;
        counts = new long[axes.Length];
        TileCount = 1;
        for (int i = 0; i < axes.Length; i++)
        {
            counts[i] = (axes[i] + tile[i] - 1) / tile[i];
            TileCount = checked(TileCount * counts[i]);
        }
    }

    public long TileCount { get; }

    /// <summary>Rows that lie in one tile one behind the other.</summary>
    public int Rows => axes.Length < 2 ? 1 : (int)Math.Min(int.MaxValue, Math.Min(tile[1], axes[1]));

    /// <summary>Pixels of the largest tile.</summary>
    public long MostPixels
    {
        get
        {
            long product = 1;
            for (int i = 0; i < axes.Length; i++)
            {
                product = checked(product * Math.Min(axes[i], tile[i]));
            }
            return product;
        }
    }

    /// <summary>The run of rows from <paramref name="row"/> on that the same tiles hold.</summary>
    /// <param name="row">Row counted through all planes.</param>
    /// <param name="most">No more rows than these.</param>
    /// <returns>Rows; the number of the tile at their left end; where the first of them begins in it, in rows of the tile.</returns>
    public (int Rows, long FirstTile, long RowInTile) RowsAt(long row, int most)
    {
        long rest = row;
        long tileStride = counts[0];
        long rowStride = 1;
        long firstTile = 0;
        long rowInTile = 0;
        int rows = 1;
        for (int i = 1; i < axes.Length; i++)
        {
            long at = rest % axes[i];
            rest /= axes[i];
            long number = at / tile[i];
            long height = Math.Min(tile[i], axes[i] - (number * tile[i]));
            if (i == 1)
            {
                rows = (int)Math.Min(most, height - (at - (number * tile[i])));
            }
            firstTile += number * tileStride;
            rowInTile += (at - (number * tile[i])) * rowStride;
            tileStride *= counts[i];
            rowStride *= height;
        }
        return (rows, firstTile, rowInTile);
    }

    /// <summary>Columns that the tile with a number covers, and its pixels.</summary>
    public (long FirstColumn, int Columns, long Pixels) Extent(long number)
    {
        long pixels = 1;
        long firstColumn = 0;
        int columns = 0;
        for (int i = 0; i < axes.Length; i++)
        {
            long at = number % counts[i];
            number /= counts[i];
            long length = Math.Min(tile[i], axes[i] - (at * tile[i]));
            pixels *= length;
            if (i == 0)
            {
                firstColumn = at * tile[0];
                columns = (int)length;
            }
        }
        return (firstColumn, columns, pixels);
    }

    /// <summary>Number of the tile within its row of tiles that holds a column.</summary>
    public long TileOfColumn(long column) => column / tile[0];
}
