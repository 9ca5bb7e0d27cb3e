using System.Buffers.Binary;
using System.IO.Compression;

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
                for (int i = 0; i < rowLength; i++)
                {
                    left[i + 1] = (byte)(row[i] - (i < channels ? 0 : row[i - channels]));
                    above[i + 1] = (byte)(row[i] - (last.IsEmpty ? 0 : last[i]));
                }
                // The standard's advice: of the filters, the one with the least sum of absolute differences; unfiltered rows win ties.
                byte[] best = Roughness(left) < Roughness(plain) ? left : plain;
                zlib.Write(Roughness(above) < Roughness(best) ? above : best);
            }
        }
        return packed.GetBuffer().AsSpan(0, (int)packed.Length);
    }

    private static long Roughness(byte[] filtered)
    {
        long sum = 0;
        foreach (byte value in filtered.AsSpan(1))
        {
            sum += value < 128 ? value : 256 - value;
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
