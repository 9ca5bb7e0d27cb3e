using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Albireo.Fits;

/// <summary>Rows of a binary table → columns in memory.</summary>
internal static class BinaryTableReader
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>Reads the columns named by their formats.</summary>
    /// <param name="data">The bytes of the HDU's data.</param>
    /// <param name="layout">The table's description.</param>
    /// <param name="formats">Columns to read.</param>
    /// <param name="firstRow">0-based.</param>
    /// <param name="rowCount">Rows to read; the caller has checked that they exist.</param>
    public static FitsTable Read(ITableData data, TableLayout layout, IReadOnlyList<ColumnFormat> formats, long firstRow, int rowCount)
    {
        var table = new FitsTable(rowCount);
        ColumnReader[] readers = [.. formats.Select(format => new ColumnReader(layout, format, rowCount))];
        if (layout.RowBytes > 0 && rowCount > 0)
        {
            int rowsAtOnce = (int)Math.Clamp(ChunkBytes / layout.RowBytes, 1, rowCount);
            byte[] buffer = ArrayPool<byte>.Shared.Rent(checked((int)(rowsAtOnce * layout.RowBytes)));
            try
            {
                for (int row = 0; row < rowCount; row += rowsAtOnce)
                {
                    int count = Math.Min(rowsAtOnce, rowCount - row);
                    Span<byte> bytes = buffer.AsSpan(0, (int)(count * layout.RowBytes));
                    data.Read((firstRow + row) * layout.RowBytes, bytes);
                    foreach (ColumnReader reader in readers)
                    {
                        reader.Take(bytes, row, count);
                    }
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
        foreach (ColumnReader reader in readers)
        {
            table.AddRead(reader.Finish(data));
        }
        return table;
    }

    /// <summary>Elements of one type, stored without gaps, → values. The bytes are turned in place.</summary>
    public static Array Decode(char code, FitsColumnType type, Span<byte> bytes, int count, out bool[]? undefined)
    {
        undefined = null;
        int size = ColumnFormat.ElementBytes(code);
        switch (code)
        {
            case 'L':
                return Logicals(bytes, out undefined);
            case 'X':
                return Bits(bytes, count);
            case 'C' or 'M':
                BigEndian.Swap(bytes, size / 2);
                return Complexes(bytes, code);
        }
        if (type is FitsColumnType.UInt16 or FitsColumnType.UInt32 or FitsColumnType.UInt64 or FitsColumnType.SByte)
        {
            BigEndian.FlipTopBit(bytes, size);
        }
        BigEndian.Swap(bytes, size);
        return type switch
        {
            FitsColumnType.Byte => bytes.ToArray(),
            FitsColumnType.SByte => MemoryMarshal.Cast<byte, sbyte>(bytes).ToArray(),
            FitsColumnType.Int16 => MemoryMarshal.Cast<byte, short>(bytes).ToArray(),
            FitsColumnType.UInt16 => MemoryMarshal.Cast<byte, ushort>(bytes).ToArray(),
            FitsColumnType.Int32 => MemoryMarshal.Cast<byte, int>(bytes).ToArray(),
            FitsColumnType.UInt32 => MemoryMarshal.Cast<byte, uint>(bytes).ToArray(),
            FitsColumnType.Int64 => MemoryMarshal.Cast<byte, long>(bytes).ToArray(),
            FitsColumnType.UInt64 => MemoryMarshal.Cast<byte, ulong>(bytes).ToArray(),
            FitsColumnType.Single => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
            _ => MemoryMarshal.Cast<byte, double>(bytes).ToArray(),
        };
    }

    /// <summary>Text up to the first zero byte, without trailing blanks.</summary>
    public static string Text(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        return Encoding.Latin1.GetString((end < 0 ? bytes : bytes[..end]).TrimEnd((byte)' '));
    }

    private static bool[] Logicals(ReadOnlySpan<byte> bytes, out bool[]? undefined)
    {
        var values = new bool[bytes.Length];
        undefined = null;
        for (int i = 0; i < bytes.Length; i++)
        {
            values[i] = bytes[i] == (byte)'T';
            if (bytes[i] is not ((byte)'T' or (byte)'F'))
            {
                undefined ??= new bool[bytes.Length];
                undefined[i] = true;
            }
        }
        return values;
    }

    private static bool[] Bits(ReadOnlySpan<byte> bytes, int count)
    {
        var values = new bool[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (bytes[i >> 3] & (0x80 >> (i & 7))) != 0;
        }
        return values;
    }

    private static Complex[] Complexes(ReadOnlySpan<byte> bytes, char code)
    {
        if (code == 'M')
        {
            return MemoryMarshal.Cast<byte, Complex>(bytes).ToArray();
        }
        ReadOnlySpan<float> parts = MemoryMarshal.Cast<byte, float>(bytes);
        var values = new Complex[parts.Length / 2];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = new Complex(parts[2 * i], parts[(2 * i) + 1]);
        }
        return values;
    }

    /// <summary>Gathers one column while rows pass by.</summary>
    private sealed class ColumnReader
    {
        private readonly TableLayout layout;
        private readonly ColumnFormat format;
        private readonly int rowCount;
        private readonly int fieldBytes;
        private readonly byte[] field;
        private readonly string[]? texts;

        public ColumnReader(TableLayout layout, ColumnFormat format, int rowCount)
        {
            this.layout = layout;
            this.format = format;
            this.rowCount = rowCount;
            fieldBytes = checked((int)format.Bytes);
            long total = (long)fieldBytes * rowCount;
            if (total > Array.MaxLength || (long)format.Repeat * rowCount > Array.MaxLength)
            {
                throw layout.Hdu.Error(
                    $"TFORM{format.Number}",
                    $"{total} bytes in {rowCount} rows",
                    "a column below 2 GiB; read fewer rows at once"
                );
            }
            field = format.Code == 'A' && !format.IsVariable ? [] : new byte[total];
            texts = format.Code == 'A' && !format.IsVariable ? new string[format.Repeat * rowCount] : null;
        }

        public void Take(ReadOnlySpan<byte> rows, int firstRow, int count)
        {
            int rowBytes = (int)layout.RowBytes;
            int offset = (int)format.Offset;
            for (int row = 0; row < count; row++)
            {
                ReadOnlySpan<byte> source = rows.Slice((row * rowBytes) + offset, fieldBytes);
                if (texts is null)
                {
                    source.CopyTo(field.AsSpan((firstRow + row) * fieldBytes));
                    continue;
                }
                for (int i = 0; i < format.Repeat; i++)
                {
                    texts[((firstRow + row) * format.Repeat) + i] = Text(source.Slice(i * format.TextWidth, format.TextWidth));
                }
            }
        }

        public FitsColumn Finish(ITableData data)
        {
            bool[]? undefined = null;
            int[]? starts = null;
            Array values =
                texts is not null ? texts
                : format.IsVariable ? Variable(data, out starts, out undefined)
                : format.Code == 'X' ? FixedBits()
                : Decode(format.Code, format.Type, field, 0, out undefined);
            return new FitsColumn(format.Name, format.Type, format.Repeat, values)
            {
                Unit = format.Unit,
                Dimensions = format.Dimensions,
                RowStarts = starts,
                Scale = format.Scale,
                Zero = format.Zero,
                Null = format.Null,
                Display = format.Display,
                TextWidth = format.IsVariable ? 0 : format.TextWidth,
                UndefinedFlags = undefined,
            };
        }

        private bool[] FixedBits()
        {
            var values = new bool[format.Repeat * rowCount];
            for (int row = 0; row < rowCount; row++)
            {
                Bits(field.AsSpan(row * fieldBytes, fieldBytes), format.Repeat).CopyTo(values, row * format.Repeat);
            }
            return values;
        }

        /// <summary>Follows the descriptors into the heap; none may point outside, and together they may not claim many times the heap.</summary>
        private Array Variable(ITableData data, out int[] starts, out bool[]? undefined)
        {
            starts = new int[rowCount + 1];
            var places = new (long Offset, int Bytes, int Count)[rowCount];
            long bytes = 0;
            long elements = 0;
            for (int row = 0; row < rowCount && format.Count > 0; row++)
            {
                (long count, long offset) = layout.Descriptor(format, field.AsSpan(row * fieldBytes, fieldBytes), row);
                long size = ColumnFormat.SizeOf(format.Code, count);
                bytes += size;
                elements += format.Code == 'A' ? 1 : count;
                if (bytes > layout.MostHeapBytes || elements > Array.MaxLength)
                {
                    throw layout.Hdu.Error(
                        $"column {format.Number}",
                        $"descriptors that claim {bytes} bytes up to row {row}",
                        $"at most what the heap of {layout.HeapBytes} bytes holds"
                    );
                }
                places[row] = (offset, (int)size, (int)count);
                starts[row + 1] = (int)elements;
            }
            var heap = new byte[bytes];
            int at = 0;
            foreach ((long offset, int size, _) in places)
            {
                data.Read(layout.HeapOffset + offset, heap.AsSpan(at, size));
                at += size;
            }
            undefined = null;
            if (format.Code == 'A')
            {
                for (int row = 0; row <= rowCount; row++)
                {
                    starts[row] = row;
                }
                return Texts(heap, places);
            }
            return format.Code == 'X'
                ? VariableBits(heap, places, (int)elements)
                : Decode(format.Code, format.Type, heap, (int)elements, out undefined);
        }

        private static string[] Texts(byte[] heap, (long Offset, int Bytes, int Count)[] places)
        {
            var values = new string[places.Length];
            int at = 0;
            for (int row = 0; row < values.Length; row++)
            {
                values[row] = Text(heap.AsSpan(at, places[row].Bytes));
                at += places[row].Bytes;
            }
            return values;
        }

        private static bool[] VariableBits(byte[] heap, (long Offset, int Bytes, int Count)[] places, int elements)
        {
            var values = new bool[elements];
            int at = 0;
            int done = 0;
            foreach ((_, int size, int count) in places)
            {
                Bits(heap.AsSpan(at, size), count).CopyTo(values, done);
                at += size;
                done += count;
            }
            return values;
        }
    }
}
