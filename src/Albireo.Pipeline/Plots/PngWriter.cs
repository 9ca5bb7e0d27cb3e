using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;

namespace Albireo.Pipeline.Plots;

/// <summary>PNG files (ISO/IEC 15948): 8-bit grey or RGB, not interlaced. The same pixels give the same bytes.</summary>
public static class PngWriter
{
    private static readonly uint[] CrcTable = MakeCrcTable();

    /// <summary>Writes a picture.</summary>
    /// <param name="stream">Receives the file; it stays open.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="pixels">From the top row down: one byte a pixel for grey, three (red, green, blue) for colour.</param>
    /// <exception cref="ArgumentException">The number of bytes fits neither.</exception>
    public static void Write(Stream stream, int width, int height, ReadOnlySpan<byte> pixels)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        long count = (long)width * height;
        if (pixels.Length != count && pixels.Length != 3 * count)
        {
            throw new ArgumentException(
                $"{width} × {height} pixels need {count} or {3 * count} bytes; {pixels.Length} found.",
                nameof(pixels)
            );
        }
        int channels = (int)(pixels.Length / count);
        stream.Write([0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n']);

        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = (byte)(channels == 3 ? 2 : 0);
        WriteChunk(stream, "IHDR"u8, header);
        WriteChunk(stream, "IDAT"u8, Compress(width * channels, channels, pixels));
        WriteChunk(stream, "IEND"u8, []);
    }

    /// <summary>The bytes of a PNG file; parameters as in <see cref="Write"/>.</summary>
    public static byte[] ToBytes(int width, int height, ReadOnlySpan<byte> pixels)
    {
        using var stream = new MemoryStream();
        Write(stream, width, height, pixels);
        return stream.ToArray();
    }

    private static ReadOnlySpan<byte> Compress(int rowLength, int channels, ReadOnlySpan<byte> pixels)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] plain = new byte[rowLength + 1];
            byte[] left = new byte[rowLength + 1];
            byte[] above = new byte[rowLength + 1];
            (left[0], above[0]) = (1, 2);
            for (int start = 0; start < pixels.Length; start += rowLength)
            {
                ReadOnlySpan<byte> row = pixels.Slice(start, rowLength);
                ReadOnlySpan<byte> last = start == 0 ? [] : pixels.Slice(start - rowLength, rowLength);
                row.CopyTo(plain.AsSpan(1));
                Subtract(row, row[..^Math.Min(channels, rowLength)], left.AsSpan(1), channels);
                Subtract(row, last, above.AsSpan(1), 0);
                // The standard's advice: of the filters, the one with the least sum of absolute differences; unfiltered rows win ties.
                byte[] best = Roughness(left) < Roughness(plain) ? left : plain;
                zlib.Write(Roughness(above) < Roughness(best) ? above : best);
            }
        }
        return packed.GetBuffer().AsSpan(0, (int)packed.Length);
    }

    /// <summary>row[i] − before[i − offset], where there is such a value before.</summary>
    private static void Subtract(ReadOnlySpan<byte> row, ReadOnlySpan<byte> before, Span<byte> result, int offset)
    {
        row.CopyTo(result);
        result = result[offset..];
        int i = 0;
        for (; i <= before.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            (new Vector<byte>(result[i..]) - new Vector<byte>(before[i..])).CopyTo(result[i..]);
        }
        for (; i < before.Length; i++)
        {
            result[i] -= before[i];
        }
    }

    private static long Roughness(byte[] filtered)
    {
        ReadOnlySpan<byte> values = filtered.AsSpan(1);
        Vector<uint> sums = Vector<uint>.Zero;
        int i = 0;
        for (; i <= values.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            var value = new Vector<byte>(values[i..]);
            Vector.Widen(Vector.Min(value, Vector<byte>.Zero - value), out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(low + high, out Vector<uint> first, out Vector<uint> second);
            sums += first + second;
        }
        long sum = Vector.Sum(sums);
        for (; i < values.Length; i++)
        {
            sum += Math.Min(values[i], (byte)-values[i]);
        }
        return sum;
    }

    private static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        stream.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (byte value in data)
        {
            crc = CrcTable[(crc ^ value) & 0xFF] ^ (crc >> 8);
        }
        return crc;
    }

    private static uint[] MakeCrcTable()
    {
        uint[] table = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            uint c = n;
            for (int bit = 0; bit < 8; bit++)
            {
                c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
            }
            table[n] = c;
        }
        return table;
    }
}
