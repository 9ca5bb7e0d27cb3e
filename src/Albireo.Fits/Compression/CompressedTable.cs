using System.Buffers.Binary;

namespace Albireo.Fits;

/// <summary>
/// A compressed table (FITS 4.0, section 10.3): every row of the stored table holds a tile of rows, each column of it compressed by
/// itself. Its rows and heap are restored in memory, at the offsets that they had.
/// </summary>
internal sealed class CompressedTable : ITableData
{
    private const long FreeBytes = 256L << 20;
    private const int MostInflation = 5000;

    private readonly byte[] rows;
    private readonly byte[] heap;

    private CompressedTable(FitsHeader header, TableLayout layout, byte[] rows, byte[] heap)
    {
        Header = header;
        Layout = layout;
        this.rows = rows;
        this.heap = heap;
    }

    /// <summary>The header of the table as it was.</summary>
    public FitsHeader Header { get; }

    /// <summary>Its layout.</summary>
    public TableLayout Layout { get; }

    /// <summary>The header alone, checked.</summary>
    public static FitsHeader ReadHeader(FitsHdu hdu)
    {
        FitsHeader stored = hdu.StoredHeader;
        long rowBytes = HduStructure.Required(stored, "ZNAXIS1", n => n is >= 0 and <= int.MaxValue, "a length from 0 to 2147483647");
        long rowCount = HduStructure.Required(stored, "ZNAXIS2", n => n is >= 0 and <= int.MaxValue, "a length from 0 to 2147483647");
        long heapBytes = stored.Contains("ZPCOUNT")
            ? HduStructure.Required(stored, "ZPCOUNT", n => n is >= 0 and <= int.MaxValue, "0 to 2147483647")
            : 0;
        if ((rowBytes * rowCount) + heapBytes > Math.Min(Array.MaxLength, Math.Max(FreeBytes, hdu.DataLength * (double)MostInflation)))
        {
            throw hdu.Error(
                "ZNAXIS2",
                $"{rowCount} rows of {rowBytes} bytes from {hdu.DataLength} compressed bytes",
                $"at most {MostInflation} times as many"
            );
        }
        return CompressedHeader.OfTable(stored, rowBytes, rowCount, heapBytes);
    }

    /// <summary>Restores the table.</summary>
    public static CompressedTable Read(FitsHdu hdu, FitsHeader header)
    {
        FitsHeader stored = hdu.StoredHeader;
        TableLayout packed = TableLayout.Read(hdu, stored, hdu.Structure.Axes[0], hdu.Structure.Axes[1], hdu.Structure.ParameterCount);
        TableLayout layout = TableLayout.Read(
            hdu,
            header,
            header.Integer("NAXIS1")!.Value,
            header.Integer("NAXIS2")!.Value,
            header.Integer("PCOUNT")!.Value
        );
        var rowBytes = new byte[layout.RowBytes * layout.RowCount];
        var heapBytes = new byte[header.Integer("PCOUNT")!.Value];
        long tileRows = stored.Contains("ZTILELEN")
            ? HduStructure.Required(stored, "ZTILELEN", n => n >= 1, "1 or more rows")
            : Math.Max(1, layout.RowCount);
        long tiles = (layout.RowCount + tileRows - 1) / tileRows;
        if (tiles > packed.RowCount || packed.Columns.Length != layout.Columns.Length)
        {
            throw hdu.Error(
                "NAXIS2",
                $"{packed.RowCount} rows of {packed.Columns.Length} columns",
                $"{tiles} tiles of {layout.Columns.Length} columns"
            );
        }
        var table = new CompressedTable(header, layout, rowBytes, heapBytes);
        var descriptors = new byte[packed.RowBytes];
        for (long tile = 0; tile < tiles; tile++)
        {
            hdu.ReadData(tile * packed.RowBytes, descriptors);
            int firstRow = (int)(tile * tileRows);
            int count = (int)Math.Min(tileRows, layout.RowCount - firstRow);
            for (int c = 0; c < layout.Columns.Length; c++)
            {
                try
                {
                    string algorithm = stored.Text($"ZCTYP{c + 1}") ?? "GZIP_2";
                    byte[] bytes = Cell(hdu, packed, packed.Columns[c], descriptors, tile);
                    if (layout.Columns[c].IsVariable)
                    {
                        table.Variable(hdu, packed, layout.Columns[c], algorithm, bytes, firstRow, count);
                    }
                    else
                    {
                        table.Fixed(layout.Columns[c], algorithm, bytes, firstRow, count);
                    }
                }
                catch (TileException e)
                {
                    throw hdu.Error($"tile {tile + 1} of column {c + 1}", e.Found, e.Expected);
                }
            }
        }
        return table;
    }

    /// <inheritdoc/>
    public void Read(long offset, Span<byte> destination)
    {
        byte[] part = offset < rows.Length ? rows : heap;
        part.AsSpan((int)(part == rows ? offset : offset - rows.Length), destination.Length).CopyTo(destination);
    }

    private static byte[] Cell(FitsHdu hdu, TableLayout packed, ColumnFormat column, ReadOnlySpan<byte> descriptors, long tile)
    {
        if (!column.IsVariable)
        {
            throw new TileException("a column of fixed length", "P or Q, a column of variable length");
        }
        (long count, long offset) = packed.Descriptor(column, descriptors.Slice((int)column.Offset, (int)column.Bytes), tile);
        var bytes = new byte[ColumnFormat.SizeOf(column.Code, count)];
        hdu.ReadData(packed.HeapOffset + offset, bytes);
        return bytes;
    }

    /// <summary>A tile of a column of fixed length: its values one behind the other.</summary>
    private void Fixed(ColumnFormat column, string algorithm, byte[] packed, int firstRow, int count)
    {
        int fieldBytes = (int)column.Bytes;
        var values = new byte[fieldBytes * count];
        Unpack(algorithm, column.Code, packed, values);
        for (int row = 0; row < count; row++)
        {
            values.AsSpan(row * fieldBytes, fieldBytes).CopyTo(rows.AsSpan((int)(((firstRow + row) * Layout.RowBytes) + column.Offset)));
        }
    }

    /// <summary>
    /// A tile of a column of variable length: gzipped, first the descriptors that the table had, then the 64-bit ones of each row's
    /// compressed array.
    /// </summary>
    private void Variable(
        FitsHdu hdu,
        TableLayout packedLayout,
        ColumnFormat column,
        string algorithm,
        byte[] packed,
        int firstRow,
        int count
    )
    {
        int fieldBytes = (int)column.Bytes;
        var descriptors = new byte[(16 + fieldBytes) * count];
        TileInflater.InflateExactly(packed, descriptors);
        for (int row = 0; row < count; row++)
        {
            long packedBytes = BinaryPrimitives.ReadInt64BigEndian(descriptors.AsSpan((fieldBytes * count) + (16 * row)));
            long packedOffset = BinaryPrimitives.ReadInt64BigEndian(descriptors.AsSpan((fieldBytes * count) + (16 * row) + 8));
            Span<byte> original = descriptors.AsSpan(row * fieldBytes, fieldBytes);
            original.CopyTo(rows.AsSpan((int)(((firstRow + row) * Layout.RowBytes) + column.Offset)));
            (long elements, long offset) = Layout.Descriptor(column, original, firstRow + row);
            if (elements == 0)
            {
                continue;
            }
            if (
                packedBytes < 0
                || packedOffset < 0
                || packedOffset > packedLayout.HeapBytes
                || packedBytes > packedLayout.HeapBytes - packedOffset
            )
            {
                throw new TileException(
                    $"{packedBytes} bytes at byte {packedOffset} for row {firstRow + row + 1}",
                    $"bytes within the heap of {packedLayout.HeapBytes}"
                );
            }
            var bytes = new byte[packedBytes];
            hdu.ReadData(packedLayout.HeapOffset + packedOffset, bytes);
            int size = (int)ColumnFormat.SizeOf(column.Code, elements);
            Span<byte> target = heap.AsSpan((int)(Layout.HeapOffset + offset - rows.Length), size);
            if (packedBytes == size)
            {
                bytes.CopyTo(target);
            }
            else
            {
                Unpack(algorithm, column.Code, bytes, target);
            }
        }
    }

    private static void Unpack(string algorithm, char code, byte[] packed, Span<byte> values)
    {
        if (values.Length == 0)
        {
            return;
        }
        int size = code is 'C' or 'M' ? ColumnFormat.ElementBytes(code) / 2 : Math.Max(1, ColumnFormat.ElementBytes(code));
        switch (algorithm)
        {
            case "NOCOMPRESS" when packed.Length == values.Length:
                packed.CopyTo(values);
                break;
            case "RICE_1" when code is 'B' or 'I' or 'J':
                Rice(packed, size, values);
                break;
            case "GZIP_1":
                TileInflater.InflateExactly(packed, values);
                break;
            case "GZIP_2":
                var shuffled = new byte[values.Length];
                TileInflater.InflateExactly(packed, shuffled);
                TileInflater.Unshuffle(shuffled, size, values);
                break;
            default:
                throw new TileException(
                    $"{packed.Length} bytes compressed by {algorithm} in a column of type {code}",
                    "GZIP_1, GZIP_2, or RICE_1 for whole numbers"
                );
        }
    }

    private static void Rice(byte[] packed, int size, Span<byte> values)
    {
        var pixels = new int[values.Length / size];
        var padded = new byte[packed.Length + RiceDecoder.Padding];
        packed.CopyTo(padded, 0);
        RiceDecoder.Decode(padded, packed.Length, 32, size, pixels);
        PixelEncoder.Encode<int>(pixels, size * 8, PixelScaling.None, values);
    }
}
