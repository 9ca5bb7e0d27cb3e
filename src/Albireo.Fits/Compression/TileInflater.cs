using System.Runtime.InteropServices;

namespace Albireo.Fits;

/// <summary>GZIP_1 and GZIP_2 (FITS 4.0, section 10.4.2): inflates a tile, never further than the tile is long.</summary>
internal static class TileInflater
{
    /// <summary>Most bytes that deflate can make of one.</summary>
    public const int MostRatio = 1040;

    /// <summary>Inflates up to <paramref name="destination"/>'s length.</summary>
    /// <returns>Bytes of the tile.</returns>
    /// <exception cref="TileException">It is more, or no whole gzip stream.</exception>
    public static int Inflate(ReadOnlyMemory<byte> packed, Span<byte> destination)
    {
        if (!GzipReader.IsGzip(packed.Span))
        {
            throw new TileException("a tile without the gzip mark 1F 8B", "gzip data");
        }
        using var source = new MemorySource(packed) { Name = "tile" };
        using var reader = new GzipReader(source);
        try
        {
            int count = reader.Read(destination);
            Span<byte> more = stackalloc byte[1];
            return reader.Read(more) == 0
                ? count
                : throw new TileException($"a tile that inflates to more than {count} bytes", $"at most {destination.Length} bytes");
        }
        catch (FitsFormatException e)
        {
            throw new TileException(e.Found, "a whole gzip stream");
        }
    }

    /// <summary>Inflates exactly as many bytes as <paramref name="destination"/> holds.</summary>
    /// <exception cref="TileException">It is more, less, or no whole gzip stream.</exception>
    public static void InflateExactly(ReadOnlyMemory<byte> packed, Span<byte> destination)
    {
        int count = Inflate(packed, destination);
        if (count != destination.Length)
        {
            throw new TileException($"a tile that inflates to {count} bytes", $"{destination.Length} bytes");
        }
    }

    /// <summary>GZIP_2 stores the first bytes of all numbers, then the second bytes, …: puts them together again.</summary>
    public static void Unshuffle(ReadOnlySpan<byte> shuffled, int size, Span<byte> destination)
    {
        int count = shuffled.Length / size;
        if (size == 2)
        {
            ReadOnlySpan<byte> high = shuffled[..count];
            ReadOnlySpan<byte> low = shuffled.Slice(count, count);
            Span<ushort> pairs = MemoryMarshal.Cast<byte, ushort>(destination);
            for (int i = 0; i < high.Length && i < pairs.Length; i++)
            {
                pairs[i] = (ushort)(high[i] | (low[i] << 8));
            }
            return;
        }
        for (int part = 0; part < size; part++)
        {
            ReadOnlySpan<byte> plane = shuffled.Slice(part * count, count);
            for (int i = 0; i < plane.Length; i++)
            {
                destination[(i * size) + part] = plane[i];
            }
        }
    }

    /// <summary>The reverse of <see cref="Unshuffle"/>.</summary>
    public static void Shuffle(ReadOnlySpan<byte> numbers, int size, Span<byte> destination)
    {
        int count = numbers.Length / size;
        for (int part = 0; part < size; part++)
        {
            Span<byte> plane = destination.Slice(part * count, count);
            for (int i = 0; i < plane.Length; i++)
            {
                plane[i] = numbers[(i * size) + part];
            }
        }
    }
}
