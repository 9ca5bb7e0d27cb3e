using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Albireo.Fits;

/// <summary>Columns in memory → a binary table with its heap.</summary>
internal static class BinaryTableWriter
{
    private const int ChunkBytes = 1 << 20;
    private static readonly string[] ColumnKeywords = ["TTYPE", "TFORM", "TUNIT", "TSCAL", "TZERO", "TNULL", "TDISP", "TDIM", "TBCOL"];

    public static void Write(FitsOutput output, FitsHeader? user, FitsTable table)
    {
        BinaryColumnWriter[] writers = [.. table.Columns.Select(column => new BinaryColumnWriter(column, table.RowCount))];
        long heapBytes = 0;
        foreach (BinaryColumnWriter writer in writers)
        {
            writer.HeapOffset = heapBytes;
            heapBytes = checked(heapBytes + writer.HeapBytes);
        }
        long rowBytes = 0;
        foreach (BinaryColumnWriter writer in writers)
        {
            writer.Wide = heapBytes > int.MaxValue;
            writer.Offset = checked((int)rowBytes);
            rowBytes = checked(rowBytes + writer.FieldBytes);
        }
        FitsHeader header = Header(user, table, writers, rowBytes, heapBytes);
        long dataOffset = output.Length + HduStructure.Padded((header.Count + 1L) * FitsCard.Length);
        var sink = new SummedSink(output, dataOffset);
        WriteRows(sink, table.RowCount, writers, checked((int)rowBytes));
        foreach (BinaryColumnWriter writer in writers)
        {
            writer.WriteHeap(sink);
        }
        output.FinishHdu(header, sink.Written, sink.Finish());
    }

    /// <summary>Drops from a user's header what describes columns.</summary>
    public static void DropColumnCards(HeaderBuilder builder, FitsHeader? user) =>
        builder.Drop((user ?? []).Select(card => card.Keyword).Where(IsColumnKeyword).Append("TFIELDS").Append("THEAP").ToArray());

    private static bool IsColumnKeyword(string keyword) =>
        Array.Exists(
            ColumnKeywords,
            name =>
                keyword.StartsWith(name, StringComparison.OrdinalIgnoreCase)
                && int.TryParse(keyword.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _)
        );

    private static FitsHeader Header(FitsHeader? user, FitsTable table, BinaryColumnWriter[] writers, long rowBytes, long heapBytes)
    {
        var builder = new HeaderBuilder(user);
        builder.Start(primary: false, "BINTABLE", 8);
        builder.Number("NAXIS", 2, "a table has two axes");
        builder.Number("NAXIS1", rowBytes, "bytes of a row");
        builder.Number("NAXIS2", table.RowCount, "rows");
        builder.Number("PCOUNT", heapBytes, "bytes of the heap");
        builder.Number("GCOUNT", 1, "one table");
        builder.Number("TFIELDS", writers.Length, "columns");
        for (int i = 0; i < writers.Length; i++)
        {
            writers[i].Describe(builder, i + 1);
        }
        DropColumnCards(builder, user);
        return builder.Finish();
    }

    private static void WriteRows(SummedSink sink, int rowCount, BinaryColumnWriter[] writers, int rowBytes)
    {
        if (rowBytes == 0 || rowCount == 0)
        {
            return;
        }
        int rowsAtOnce = Math.Clamp(ChunkBytes / rowBytes, 1, rowCount);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(rowsAtOnce * rowBytes);
        for (int row = 0; row < rowCount; row += rowsAtOnce)
        {
            int count = Math.Min(rowsAtOnce, rowCount - row);
            Span<byte> rows = buffer.AsSpan(0, count * rowBytes);
            foreach (BinaryColumnWriter writer in writers)
            {
                writer.WriteFields(rows, rowBytes, row, count);
            }
            sink.Write(rows);
        }
        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>Encodes values as stored, big-endian.</summary>
    /// <param name="column">Whose values; no texts.</param>
    /// <param name="start">The first.</param>
    /// <param name="count">How many.</param>
    /// <param name="bytes">Receives as many bytes as they take.</param>
    public static void Encode(FitsColumn column, int start, int count, Span<byte> bytes)
    {
        switch (column.Data)
        {
            case bool[] flags when column.Type == FitsColumnType.Bit:
                Bits(flags.AsSpan(start, count), bytes);
                return;
            case bool[] flags:
                Logicals(column, flags, start, bytes);
                return;
            case Complex[] values:
                Complexes(values.AsSpan(start, count), column.Type == FitsColumnType.ComplexSingle, bytes);
                return;
        }
        int size = ColumnFormat.ElementBytes(CodeOf(column.Type));
        ref byte first = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(column.Data), (nint)start * size);
        MemoryMarshal.CreateReadOnlySpan(ref first, count * size).CopyTo(bytes);
        BigEndian.Swap(bytes, size);
        if (ShiftOf(column.Type) != 0)
        {
            BigEndian.FlipTopBit(bytes, size);
        }
    }

    /// <summary>The TFORM letter of a type.</summary>
    public static char CodeOf(FitsColumnType type) =>
        type switch
        {
            FitsColumnType.Logical => 'L',
            FitsColumnType.Bit => 'X',
            FitsColumnType.Byte or FitsColumnType.SByte => 'B',
            FitsColumnType.Int16 or FitsColumnType.UInt16 => 'I',
            FitsColumnType.Int32 or FitsColumnType.UInt32 => 'J',
            FitsColumnType.Int64 or FitsColumnType.UInt64 => 'K',
            FitsColumnType.Single => 'E',
            FitsColumnType.Double => 'D',
            FitsColumnType.ComplexSingle => 'C',
            FitsColumnType.ComplexDouble => 'M',
            FitsColumnType.Text => 'A',
        };

    /// <summary>TZERO of a type that FITS stores with an offset, or 0.</summary>
    public static double ShiftOf(FitsColumnType type) =>
        type switch
        {
            FitsColumnType.SByte => -128,
            FitsColumnType.UInt16 => 32768,
            FitsColumnType.UInt32 => 2147483648,
            FitsColumnType.UInt64 => 9223372036854775808,
            _ => 0,
        };

    private static void Logicals(FitsColumn column, bool[] flags, int start, Span<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            bool undefined = column.UndefinedFlags is not null && column.UndefinedFlags[start + i];
            bytes[i] =
                undefined ? (byte)0
                : flags[start + i] ? (byte)'T'
                : (byte)'F';
        }
    }

    private static void Bits(ReadOnlySpan<bool> flags, Span<byte> bytes)
    {
        bytes.Clear();
        for (int i = 0; i < flags.Length; i++)
        {
            bytes[i >> 3] |= (byte)(flags[i] ? 0x80 >> (i & 7) : 0);
        }
    }

    private static void Complexes(ReadOnlySpan<Complex> values, bool single, Span<byte> bytes)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (single)
            {
                BinaryPrimitives.WriteSingleBigEndian(bytes[(8 * i)..], (float)values[i].Real);
                BinaryPrimitives.WriteSingleBigEndian(bytes[((8 * i) + 4)..], (float)values[i].Imaginary);
            }
            else
            {
                BinaryPrimitives.WriteDoubleBigEndian(bytes[(16 * i)..], values[i].Real);
                BinaryPrimitives.WriteDoubleBigEndian(bytes[((16 * i) + 8)..], values[i].Imaginary);
            }
        }
    }
}
