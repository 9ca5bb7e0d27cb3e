using System.Buffers;

namespace Albireo.Fits;

/// <summary>The table behind a compressed image: its rows in memory, its heap read where tiles ask for it.</summary>
internal sealed class TileHeap(FitsHdu hdu, TableLayout layout, long tileCount)
{
    private const int LongestWindow = 1 << 24;

    private readonly Lock gate = new();
    private byte[]? rows;

    /// <summary>The rows, once they have been read.</summary>
    public ReadOnlySpan<byte> Rows => rows;

    /// <summary>The table's rows (descriptors and tile parameters), read once.</summary>
    public void EnsureRows()
    {
        if (rows is not null)
        {
            return;
        }
        lock (gate)
        {
            if (rows is null)
            {
                long length = layout.RowBytes * tileCount;
                if (length > Array.MaxLength)
                {
                    throw hdu.Error("NAXIS1", $"{length} bytes of rows", "fewer than 2 GiB for the rows of a compressed image");
                }
                var bytes = new byte[length];
                hdu.ReadData(0, bytes);
                rows = bytes;
            }
        }
    }

    private ReadOnlySpan<byte> Field(ColumnFormat column, long row) =>
        rows.AsSpan((int)((row * layout.RowBytes) + column.Offset), (int)column.Bytes);

    /// <summary>Where a tile's bytes lie in the data.</summary>
    private (long Offset, int Bytes) Place(ColumnFormat column, long row)
    {
        (long count, long offset) = layout.Descriptor(column, Field(column, row), row);
        long bytes = ColumnFormat.SizeOf(column.Code, count);
        return bytes <= Array.MaxLength
            ? (layout.HeapOffset + offset, (int)bytes)
            : throw hdu.Error($"descriptor of row {row + 1}, column {column.Number}", $"{bytes} bytes", "a tile below 2 GiB");
    }

    /// <summary>Reads the tiles' bytes in one piece where they lie together; in memory nothing needs to be read.</summary>
    public HeapWindow Window(ColumnFormat column, List<TilePart> parts, ref byte[]? rented)
    {
        if (parts.Count < 2 || hdu.File.Source.TryGetMemory(hdu.DataOffset, 1, out _))
        {
            return default;
        }
        long first = long.MaxValue;
        long end = 0;
        long sum = 0;
        foreach (TilePart part in parts)
        {
            (long offset, int bytes) = Place(column, part.Number);
            first = bytes > 0 ? Math.Min(first, offset) : first;
            end = Math.Max(end, bytes > 0 ? offset + bytes : 0);
            sum += bytes;
        }
        if (end <= first || end - first > Math.Min(LongestWindow, 4 * sum))
        {
            return default;
        }
        int length = (int)(end - first);
        rented = ArrayPool<byte>.Shared.Rent(length);
        hdu.ReadData(first, rented.AsSpan(0, length));
        return new HeapWindow(first, rented.AsMemory(0, length));
    }

    /// <summary>The bytes of one tile; none where the column has none for it.</summary>
    public ReadOnlyMemory<byte> Packed(ColumnFormat column, long tile, HeapWindow window)
    {
        (long offset, int bytes) = Place(column, tile);
        if (bytes == 0)
        {
            return default;
        }
        if (window.Contains(offset, bytes))
        {
            return window.Bytes.Slice((int)(offset - window.Offset), bytes);
        }
        if (hdu.File.Source.TryGetMemory(hdu.DataOffset + offset, bytes, out ReadOnlyMemory<byte> memory))
        {
            return memory;
        }
        var read = new byte[bytes];
        hdu.ReadData(offset, read);
        return read;
    }
}
