using System.Buffers;
using System.Numerics;

namespace Albireo.Fits;

/// <summary>The pixels of a tile-compressed image (FITS 4.0, section 10). Reading is safe from several threads.</summary>
internal sealed class TiledPixels
{
    private const long FreePixelBytes = 256L << 20;
    private const int MostInflation = 5000;

    private readonly FitsHdu hdu;
    private readonly TableLayout layout;
    private readonly TileDecoder decoder;
    private readonly TileDecoder? maskDecoder;
    private readonly TileGrid grid;
    private readonly ColumnFormat packedColumn;
    private readonly ColumnFormat? losslessColumn;
    private readonly ColumnFormat? plainColumn;
    private readonly ColumnFormat? maskColumn;
    private readonly TileParameters parameters;
    private readonly TileHeap heap;
    private CachedTile? last;

    /// <summary>Reads and checks what the header of the table says about tiles.</summary>
    public TiledPixels(FitsHdu hdu)
    {
        this.hdu = hdu;
        FitsHeader stored = hdu.StoredHeader;
        BitPix = (int)HduStructure.Required(stored, "ZBITPIX", b => b is 8 or 16 or 32 or 64 or -32 or -64, "8, 16, 32, 64, -32 or -64");
        int count = (int)HduStructure.Required(stored, "ZNAXIS", n => n is >= 0 and <= 999, "a number of axes from 0 to 999");
        Axes = new long[count];
        var tile = new long[count];
        for (int i = 0; i < count; i++)
        {
            Axes[i] = HduStructure.Required(stored, $"ZNAXIS{i + 1}", n => n is >= 0 and <= int.MaxValue, "a length from 0 to 2147483647");
            string keyword = $"ZTILE{i + 1}";
            tile[i] =
                stored.Contains(keyword) ? HduStructure.Required(stored, keyword, n => n >= 1, "a length of 1 or more")
                : i == 0 ? Axes[0]
                : 1;
            if (tile[i] > Axes[i] && Axes[i] > 0)
            {
                hdu.File.Warn($"[HDU {hdu.Index}] {keyword} = {tile[i]} is longer than the axis of {Axes[i]}, which is taken instead");
            }
            tile[i] = Math.Max(1, Math.Min(tile[i], Axes[i]));
        }
        string algorithm = stored.Text("ZCMPTYPE") ?? throw hdu.Error("ZCMPTYPE", "missing", "the name of the compression");
        decoder = new TileDecoder(hdu, stored, algorithm, BitPix);
        maskDecoder = stored.Text("ZMASKCMP") is { } mask ? new TileDecoder(hdu, stored, mask, 8) : null;
        layout = TableLayout.Read(hdu, stored, hdu.Structure.Axes[0], hdu.Structure.Axes[1], hdu.Structure.ParameterCount);
        packedColumn = Variable("COMPRESSED_DATA") ?? throw hdu.Error("TTYPEn", "no column COMPRESSED_DATA", "one that holds the tiles");
        losslessColumn = Variable("GZIP_COMPRESSED_DATA");
        plainColumn = Variable("UNCOMPRESSED_DATA");
        maskColumn = Variable("NULL_PIXEL_MASK");
        parameters = new TileParameters(hdu, stored, layout, BitPix);
        try
        {
            long pixels = HduStructure.Product(Axes);
            // Rows are counted along the first axis that is longer than 1, as the picture has them.
            int width = FitsImage.PictureSize([.. Axes.Reverse()]).Width;
            int first = 0;
            while (width > 1 && Axes[first] == 1)
            {
                first++;
            }
            grid = new TileGrid(Axes[first..], tile[first..]);
            CheckSize(pixels);
            heap = new TileHeap(hdu, layout, grid.TileCount);
        }
        catch (OverflowException)
        {
            throw hdu.Error("ZNAXISn", string.Join(" x ", Axes.Take(4)), "fewer than 2^63 pixels");
        }
    }

    public int BitPix { get; }

    /// <summary>ZNAXISn, fastest first.</summary>
    public long[] Axes { get; }

    /// <summary>ZBLANK for whole numbers.</summary>
    public long? Blank => parameters.Blank;

    /// <summary>Rows that share their tiles.</summary>
    public int RowsOfTile => grid.Rows;

    /// <summary>Reads a rectangle of rows and columns.</summary>
    public void Read<T>(
        long firstRow,
        int rowCount,
        int firstColumn,
        int columnCount,
        PixelScaling scaling,
        Span<T> destination,
        Span<bool> undefined
    )
        where T : unmanaged, INumber<T>
    {
        hdu.File.EnsureWhole(hdu);
        heap.EnsureRows();
        List<TilePart> parts = Parts(firstRow, rowCount, firstColumn, columnCount);
        byte[]? rented = null;
        try
        {
            HeapWindow window = heap.Window(packedColumn, parts, ref rented);
            foreach (TilePart part in parts)
            {
                Take(part, window, columnCount, scaling, destination, undefined);
            }
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private ColumnFormat? Variable(string name)
    {
        ColumnFormat? column = layout.Find(name);
        return column is null || column.IsVariable
            ? column
            : throw hdu.Error($"TFORM{column.Number}", $"a column {name} of fixed length", "P or Q, a column of variable length");
    }

    private void CheckSize(long pixels)
    {
        if (pixels == 0)
        {
            return;
        }
        long bytes = checked(pixels * (Math.Abs(BitPix) / 8));
        if (grid.TileCount > layout.RowCount)
        {
            throw hdu.Error("NAXIS2", layout.RowCount.ToString(), $"{grid.TileCount} rows, one for each tile");
        }
        if (grid.TileCount < layout.RowCount)
        {
            hdu.File.Warn($"[HDU {hdu.Index}] NAXIS2 = {layout.RowCount}, the image has {grid.TileCount} tiles; the rest is ignored");
        }
        if (grid.MostPixels > Array.MaxLength / 8)
        {
            throw hdu.Error("ZTILEn", $"tiles of {grid.MostPixels} pixels", $"at most {Array.MaxLength / 8}");
        }
        if (bytes > Math.Max(FreePixelBytes, hdu.DataLength * (double)MostInflation))
        {
            throw hdu.Error(
                "ZNAXISn",
                $"{bytes} bytes of pixels from {hdu.DataLength} compressed bytes",
                $"at most {MostInflation} times as many"
            );
        }
    }

    private List<TilePart> Parts(long firstRow, int rowCount, int firstColumn, int columnCount)
    {
        var parts = new List<TilePart>(rowCount);
        int done = 0;
        while (done < rowCount && columnCount > 0)
        {
            (int count, long tile, long tileRow) = grid.RowsAt(firstRow + done, rowCount - done);
            long lastTile = tile + grid.TileOfColumn(firstColumn + columnCount - 1);
            for (long number = tile + grid.TileOfColumn(firstColumn); number <= lastTile; number++)
            {
                (long column, int columns, long pixels) = grid.Extent(number);
                int left = (int)Math.Max(column, firstColumn);
                int right = (int)Math.Min(column + columns, (long)firstColumn + columnCount);
                parts.Add(
                    new TilePart(
                        number,
                        (int)pixels,
                        columns,
                        tileRow,
                        (int)(left - column),
                        count,
                        right - left,
                        (done * columnCount) + left - firstColumn
                    )
                );
            }
            done += count;
        }
        return parts;
    }

    private void Take<T>(TilePart part, HeapWindow window, int columnCount, PixelScaling scaling, Span<T> destination, Span<bool> undefined)
        where T : unmanaged, INumber<T>
    {
        bool marks = undefined.Length > 0;
        if (part.IsWhole && part.Columns == columnCount)
        {
            Decode(part, window, scaling, destination.Slice(part.At, part.Pixels), marks ? undefined.Slice(part.At, part.Pixels) : default);
            return;
        }
        CachedTile? tile = last;
        if (tile is null || tile.Number != part.Number || tile.Values is not T[] || (marks && tile.Undefined is null))
        {
            var values = new T[part.Pixels];
            bool[]? flags = marks ? new bool[part.Pixels] : null;
            Decode(part, window, scaling, values, flags);
            tile = new CachedTile(part.Number, values, flags);
            last = tile;
        }
        var all = (T[])tile.Values;
        for (int row = 0; row < part.Rows; row++)
        {
            int from = (int)((part.TileRow + row) * part.TileColumns) + part.TileColumn;
            int to = part.At + (row * columnCount);
            all.AsSpan(from, part.Columns).CopyTo(destination[to..]);
            if (marks)
            {
                tile.Undefined.AsSpan(from, part.Columns).CopyTo(undefined[to..]);
            }
        }
    }

    private void Decode<T>(TilePart part, HeapWindow window, PixelScaling scaling, Span<T> destination, Span<bool> undefined)
        where T : unmanaged, INumber<T>
    {
        try
        {
            ReadOnlyMemory<byte> packed = heap.Packed(packedColumn, part.Number, window);
            if (packed.Length == 0)
            {
                Fallback(part, window, scaling, destination);
                undefined.Clear();
            }
            else if (parameters.Quantization(heap.Rows, part.Number) is { } quantization)
            {
                Quantized(part, packed, quantization, scaling, destination);
            }
            else
            {
                decoder.Values(packed, scaling, destination, undefined);
            }
            if (maskColumn is not null)
            {
                Mask(part, window, destination, undefined);
            }
        }
        catch (TileException e)
        {
            throw hdu.Error($"tile {part.Number + 1}", e.Found, e.Expected);
        }
    }

    /// <summary>A tile without COMPRESSED_DATA is stored gzipped or plain.</summary>
    private void Fallback<T>(TilePart part, HeapWindow window, PixelScaling scaling, Span<T> destination)
        where T : unmanaged, INumber<T>
    {
        foreach (ColumnFormat? column in (ReadOnlySpan<ColumnFormat?>)[losslessColumn, plainColumn])
        {
            ReadOnlyMemory<byte> packed = column is null ? default : heap.Packed(column, part.Number, window);
            if (packed.Length > 0)
            {
                decoder.Lossless(packed, scaling, destination, compressed: column == losslessColumn);
                return;
            }
        }
        throw new TileException("no bytes", "the compressed pixels of the tile");
    }

    private void Quantized<T>(
        TilePart part,
        ReadOnlyMemory<byte> packed,
        Quantization quantization,
        PixelScaling scaling,
        Span<T> destination
    )
        where T : unmanaged, INumber<T>
    {
        int[] stored = ArrayPool<int>.Shared.Rent(part.Pixels);
        double[] reals = ArrayPool<double>.Shared.Rent(part.Pixels);
        try
        {
            decoder.Integers(packed, stored.AsSpan(0, part.Pixels));
            quantization.Restore(stored.AsSpan(0, part.Pixels), part.Number, reals.AsSpan(0, part.Pixels));
            for (int i = 0; i < destination.Length; i++)
            {
                double value = scaling.IsIdentity ? reals[i] : scaling.Zero + (scaling.Scale * reals[i]);
                destination[i] = T.CreateTruncating(value);
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(stored);
            ArrayPool<double>.Shared.Return(reals);
        }
    }

    /// <summary>NULL_PIXEL_MASK: a byte a pixel, not 0 where it is undefined.</summary>
    private void Mask<T>(TilePart part, HeapWindow window, Span<T> destination, Span<bool> undefined)
        where T : unmanaged, INumber<T>
    {
        ReadOnlyMemory<byte> packed = heap.Packed(maskColumn!, part.Number, window);
        if (packed.Length == 0)
        {
            return;
        }
        if (maskDecoder is null)
        {
            throw new TileException("a NULL_PIXEL_MASK without ZMASKCMP", "the name of its compression");
        }
        var mask = new byte[part.Pixels];
        maskDecoder.Values<byte>(packed, PixelScaling.None, mask, default);
        bool real = typeof(T) == typeof(float) || typeof(T) == typeof(double);
        for (int i = 0; i < mask.Length; i++)
        {
            if (mask[i] != 0)
            {
                destination[i] = real ? T.CreateTruncating(double.NaN) : destination[i];
                if (undefined.Length > 0)
                {
                    undefined[i] = true;
                }
            }
        }
    }

    private sealed record CachedTile(long Number, Array Values, bool[]? Undefined);
}
