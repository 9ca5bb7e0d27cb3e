using System.Buffers.Binary;

namespace Albireo.Fits;

/// <summary>Rows, columns and heap of a binary table, checked against the size of the data.</summary>
internal sealed class TableLayout
{
    private const long FreeHeapBytes = 64 << 20;

    private TableLayout(FitsHdu hdu, long rowBytes, long rowCount, ColumnFormat[] columns, long heapOffset, long heapBytes)
    {
        Hdu = hdu;
        RowBytes = rowBytes;
        RowCount = rowCount;
        Columns = columns;
        HeapOffset = heapOffset;
        HeapBytes = heapBytes;
    }

    public FitsHdu Hdu { get; }

    public long RowBytes { get; }

    public long RowCount { get; }

    public ColumnFormat[] Columns { get; }

    /// <summary>Where the heap begins in the data.</summary>
    public long HeapOffset { get; }

    public long HeapBytes { get; }

    /// <summary>Most bytes that the descriptors of one column may claim together: overlap is legal, amplification is not.</summary>
    public long MostHeapBytes => Math.Min(Array.MaxLength, Math.Max(FreeHeapBytes, 4 * HeapBytes));

    /// <summary>The layout as a header describes it.</summary>
    /// <param name="hdu">For errors and warnings.</param>
    /// <param name="header">The cards of the table.</param>
    /// <param name="rowBytes">NAXIS1.</param>
    /// <param name="rowCount">NAXIS2.</param>
    /// <param name="parameterCount">PCOUNT.</param>
    /// <exception cref="FitsFormatException">The description contradicts itself.</exception>
    public static TableLayout Read(FitsHdu hdu, FitsHeader header, long rowBytes, long rowCount, long parameterCount)
    {
        int fields = (int)HduStructure.Required(header, "TFIELDS", n => n is >= 0 and <= 999, "a number of columns from 0 to 999");
        if (hdu.Structure.BitPix != 8)
        {
            throw hdu.Error("BITPIX", hdu.Structure.BitPix.ToString(), "8, for this is a table");
        }
        if (rowBytes > Array.MaxLength)
        {
            throw hdu.Error("NAXIS1", rowBytes.ToString(), "rows below 2 GiB");
        }
        var columns = new ColumnFormat[fields];
        long offset = 0;
        for (int i = 0; i < fields; i++)
        {
            columns[i] = ColumnFormat.Read(hdu, header, i + 1, offset);
            offset += columns[i].Bytes;
        }
        if (offset > rowBytes)
        {
            throw hdu.Error("NAXIS1", rowBytes.ToString(), $"{offset}, the bytes that the columns take up");
        }
        if (offset < rowBytes)
        {
            hdu.File.Warn($"[HDU {hdu.Index}] NAXIS1 = {rowBytes}, the columns take up {offset} bytes");
        }
        long table = rowBytes * rowCount;
        long heap = table;
        if (parameterCount > 0 && header.Contains("THEAP"))
        {
            heap = HduStructure.Required(
                header,
                "THEAP",
                t => t >= table && t <= table + parameterCount,
                $"an offset from {table} to {table + parameterCount}, behind the rows and within the data"
            );
        }
        return new TableLayout(hdu, rowBytes, rowCount, columns, heap, table + parameterCount - heap);
    }

    /// <summary>The column of this name, or null.</summary>
    public ColumnFormat? Find(string name) => Array.Find(Columns, column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a descriptor and checks it against the heap.</summary>
    /// <param name="format">A column of variable length.</param>
    /// <param name="field">Its bytes in one row.</param>
    /// <param name="row">For the error.</param>
    /// <exception cref="FitsFormatException">It points outside the heap.</exception>
    public (long Count, long Offset) Descriptor(ColumnFormat format, ReadOnlySpan<byte> field, long row)
    {
        if (field.Length == 0)
        {
            return (0, 0);
        }
        bool wide = format.Descriptor == 'Q';
        long count = wide ? BinaryPrimitives.ReadInt64BigEndian(field) : BinaryPrimitives.ReadInt32BigEndian(field);
        long offset = wide ? BinaryPrimitives.ReadInt64BigEndian(field[8..]) : BinaryPrimitives.ReadInt32BigEndian(field[4..]);
        if (count == 0)
        {
            return (0, 0);
        }
        long most = format.Code == 'X' ? long.MaxValue : long.MaxValue / ColumnFormat.ElementBytes(format.Code);
        if (
            count < 0
            || offset < 0
            || count > most
            || offset > HeapBytes
            || ColumnFormat.SizeOf(format.Code, count) > HeapBytes - offset
            || count > Array.MaxLength
        )
        {
            throw Hdu.Error(
                $"descriptor of row {row + 1}, column {format.Number}",
                $"{count} elements at byte {offset}",
                $"elements within the heap of {HeapBytes} bytes"
            );
        }
        return (count, offset);
    }
}
