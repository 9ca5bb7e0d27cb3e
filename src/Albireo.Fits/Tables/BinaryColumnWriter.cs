using System.Buffers;
using System.Buffers.Binary;

namespace Albireo.Fits;

/// <summary>Writes one column's fields into rows, and its part of the heap.</summary>
internal sealed class BinaryColumnWriter
{
    private readonly FitsColumn column;
    private readonly int textWidth;
    private readonly char code;

    public BinaryColumnWriter(FitsColumn column, int rowCount)
    {
        this.column = column;
        code = BinaryTableWriter.CodeOf(column.Type);
        if (column.Data is string[] texts)
        {
            textWidth = Math.Max(column.TextWidth, texts.Length == 0 ? 0 : texts.Max(text => text.Length));
            textWidth = column.IsVariable ? 0 : Math.Max(1, textWidth);
        }
        if (column.IsVariable)
        {
            for (int row = 0; row < rowCount; row++)
            {
                HeapBytes += ColumnFormat.SizeOf(code, CountOf(row));
            }
        }
    }

    public int Offset { get; set; }

    public long HeapOffset { get; set; }

    public long HeapBytes { get; }

    /// <summary>Whether descriptors need 64 bits.</summary>
    public bool Wide { get; set; }

    public long FieldBytes =>
        column.IsVariable ? (Wide ? 16 : 8)
        : code == 'A' ? (long)column.Repeat * textWidth
        : ColumnFormat.SizeOf(code, column.Repeat);

    public void Describe(HeaderBuilder builder, int number)
    {
        if (column.Name.Length > 0)
        {
            builder.Text($"TTYPE{number}", column.Name, "");
        }
        builder.Text($"TFORM{number}", Format(), "");
        builder.OptionalText($"TUNIT{number}", column.Unit);
        double shift = BinaryTableWriter.ShiftOf(column.Type);
        builder.OptionalNumber(
            $"TSCAL{number}",
            column.Scale == 1
                ? shift != 0 || column.Zero != 0
                    ? 1
                    : null
                : column.Scale
        );
        builder.OptionalNumber(
            $"TZERO{number}",
            shift != 0 ? shift
                : column.Zero == 0
                    ? column.Scale == 1 ? null
                        : 0
                : column.Zero
        );
        if (column.Null is long nothing)
        {
            builder.Number($"TNULL{number}", unchecked((long)((Int128)nothing - (Int128)shift)), "");
        }
        IEnumerable<int> axes = column.Dimensions ?? (code == 'A' && column.Repeat > 1 ? [column.Repeat] : []);
        axes = code == 'A' && axes.Any() ? axes.Append(textWidth) : axes;
        if (axes.Any() && !column.IsVariable)
        {
            builder.Text($"TDIM{number}", $"({string.Join(',', axes.Reverse())})", "");
        }
        builder.OptionalText($"TDISP{number}", column.Display);
    }

    public void WriteFields(Span<byte> rows, int rowBytes, int firstRow, int count)
    {
        if (column.IsVariable)
        {
            WriteDescriptors(rows, rowBytes, firstRow, count);
            return;
        }
        int fieldBytes = (int)FieldBytes;
        if (column.Data is string[] texts)
        {
            for (int row = 0; row < count; row++)
            {
                for (int i = 0; i < column.Repeat; i++)
                {
                    Put(texts[((firstRow + row) * column.Repeat) + i], rows.Slice((row * rowBytes) + Offset + (i * textWidth), textWidth));
                }
            }
            return;
        }
        if (code == 'X')
        {
            for (int row = 0; row < count; row++)
            {
                Span<byte> field = rows.Slice((row * rowBytes) + Offset, fieldBytes);
                BinaryTableWriter.Encode(column, (firstRow + row) * column.Repeat, column.Repeat, field);
            }
            return;
        }
        byte[] bytes = ArrayPool<byte>.Shared.Rent(count * fieldBytes);
        BinaryTableWriter.Encode(column, firstRow * column.Repeat, count * column.Repeat, bytes.AsSpan(0, count * fieldBytes));
        for (int row = 0; row < count; row++)
        {
            bytes.AsSpan(row * fieldBytes, fieldBytes).CopyTo(rows[((row * rowBytes) + Offset)..]);
        }
        ArrayPool<byte>.Shared.Return(bytes);
    }

    public void WriteHeap(SummedSink sink)
    {
        if (!column.IsVariable)
        {
            return;
        }
        for (int row = 0; row + 1 < column.RowStarts!.Count; row++)
        {
            int length = checked((int)ColumnFormat.SizeOf(code, CountOf(row)));
            byte[] rented = ArrayPool<byte>.Shared.Rent(length);
            Span<byte> bytes = rented.AsSpan(0, length);
            if (column.Data is string[] texts)
            {
                Put(texts[row], bytes);
            }
            else
            {
                BinaryTableWriter.Encode(column, column.RowStarts[row], CountOf(row), bytes);
            }
            sink.Write(bytes);
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static void Put(string text, Span<byte> field)
    {
        field.Fill((byte)' ');
        for (int i = 0; i < text.Length; i++)
        {
            field[i] = text[i] is >= ' ' and <= '~' ? (byte)text[i] : (byte)'?';
        }
    }

    private string Format()
    {
        if (column.IsVariable)
        {
            int longest = 0;
            for (int row = 0; row + 1 < column.RowStarts!.Count; row++)
            {
                longest = Math.Max(longest, CountOf(row));
            }
            return $"1{(Wide ? 'Q' : 'P')}{code}({longest})";
        }
        return code == 'A' ? $"{column.Repeat * textWidth}A" : $"{column.Repeat}{code}";
    }

    private int CountOf(int row) => column.Data is string[] texts ? texts[row].Length : column.RowStarts![row + 1] - column.RowStarts[row];

    private void WriteDescriptors(Span<byte> rows, int rowBytes, int firstRow, int count)
    {
        long at = HeapOffset;
        for (int row = 0; row < firstRow; row++)
        {
            at += ColumnFormat.SizeOf(code, CountOf(row));
        }
        for (int row = 0; row < count; row++)
        {
            Span<byte> field = rows[((row * rowBytes) + Offset)..];
            if (Wide)
            {
                BinaryPrimitives.WriteInt64BigEndian(field, CountOf(firstRow + row));
                BinaryPrimitives.WriteInt64BigEndian(field[8..], at);
            }
            else
            {
                BinaryPrimitives.WriteInt32BigEndian(field, CountOf(firstRow + row));
                BinaryPrimitives.WriteInt32BigEndian(field[4..], (int)at);
            }
            at += ColumnFormat.SizeOf(code, CountOf(firstRow + row));
        }
    }
}
