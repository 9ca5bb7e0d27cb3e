using System.Buffers.Binary;
using System.Numerics;

namespace Albireo.Fits;

/// <summary>
/// HCOMPRESS_1 (FITS 4.0, section 10.4.4; White, Postman &amp; Lattanzi 1992): the H-transform, its coefficients divided by a scale
/// and their bit planes quadtree-coded. Smoothing is that of White's hdecompress.
/// </summary>
internal static class HcompressDecoder
{
    /// <summary>Most pixels of a tile that is looked at: empty tiles of any size take a few bytes.</summary>
    public const int MostPixels = 1 << 27;

    /// <summary>Decodes a tile.</summary>
    /// <param name="stream">The compressed bytes.</param>
    /// <param name="smooth">Whether coefficients are interpolated against blockiness.</param>
    /// <param name="pixels">Receives the tile, which must have this many pixels.</param>
    /// <exception cref="TileException">The stream is damaged or of another size.</exception>
    public static void Decode(ReadOnlySpan<byte> stream, bool smooth, Span<int> pixels)
    {
        if (stream.Length < 25 || stream[0] != 0xDD || stream[1] != 0x99)
        {
            throw new TileException("a stream without the mark DD 99", "HCOMPRESS data");
        }
        int nx = BinaryPrimitives.ReadInt32BigEndian(stream[2..]);
        int ny = BinaryPrimitives.ReadInt32BigEndian(stream[6..]);
        int scale = BinaryPrimitives.ReadInt32BigEndian(stream[10..]);
        long sum = BinaryPrimitives.ReadInt64BigEndian(stream[14..]);
        if (nx < 1 || ny < 1 || (long)nx * ny != pixels.Length)
        {
            throw new TileException($"an HCOMPRESS tile of {ny} x {nx} pixels", $"{pixels.Length} pixels");
        }
        ReadOnlySpan<byte> planes = stream.Slice(22, 3);
        if (planes.ContainsAnyExceptInRange((byte)0, (byte)62))
        {
            throw new TileException($"{planes[0]}, {planes[1]} and {planes[2]} bit planes", "at most 62");
        }
        var a = new long[pixels.Length];
        var bits = new BitReader(stream[25..]);
        int nx2 = (nx + 1) / 2;
        int ny2 = (ny + 1) / 2;
        var scratch = new byte[((nx2 + 1) / 2 * ((ny2 + 1) / 2)) + 1];
        Quadrant(ref bits, a, ny, nx2, ny2, planes[0], scratch);
        Quadrant(ref bits, a.AsSpan(ny2), ny, nx2, ny / 2, planes[1], scratch);
        Quadrant(ref bits, a.AsSpan(Math.Min(a.Length, ny * nx2)), ny, nx / 2, ny2, planes[1], scratch);
        Quadrant(ref bits, a.AsSpan(Math.Min(a.Length, (ny * nx2) + ny2)), ny, nx / 2, ny / 2, planes[2], scratch);
        if (bits.Read(4) != 0)
        {
            throw new TileException("no end mark behind the bit planes", "a zero");
        }
        bits.Align();
        foreach (ref long value in a.AsSpan())
        {
            if (value != 0 && bits.Read(1) != 0)
            {
                value = -value;
            }
        }
        a[0] = sum;
        if (scale > 1)
        {
            foreach (ref long value in a.AsSpan())
            {
                value *= scale;
            }
        }
        HTransform.Invert(a, nx, ny, smooth, scale);
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (int)a[i];
        }
    }

    /// <summary>The bit planes of one quadrant of the transform.</summary>
    private static void Quadrant(ref BitReader bits, Span<long> a, int stride, int rows, int columns, int planes, byte[] scratch)
    {
        if (rows == 0 || columns == 0)
        {
            // Nothing to fill, but each plane has its mark all the same.
            for (int bit = 0; bit < planes; bit++)
            {
                if (bits.Read(4) != 0)
                {
                    throw new TileException("bit planes of an empty quadrant", "none");
                }
            }
            return;
        }
        int levels = BitOperations.Log2((uint)Math.Max(rows, columns) * 2 - 1);
        for (int bit = planes - 1; bit >= 0; bit--)
        {
            int mark = bits.Read(4);
            if (mark == 0)
            {
                int count = (rows + 1) / 2 * ((columns + 1) / 2);
                for (int i = 0; i < count; i++)
                {
                    scratch[i] = (byte)bits.Read(4);
                }
            }
            else if (mark == 15)
            {
                Quadtree(ref bits, scratch, rows, columns, levels);
            }
            else
            {
                throw new TileException($"the mark {mark} before a bit plane", "0 or 15");
            }
            Insert(scratch, rows, columns, a, stride, bit);
        }
    }

    /// <summary>Expands the quadtree of one bit plane to its last set of 4-bit codes.</summary>
    private static void Quadtree(ref BitReader bits, byte[] scratch, int rows, int columns, int levels)
    {
        scratch[0] = (byte)Huffman(ref bits);
        int nx = 1;
        int ny = 1;
        int restX = rows;
        int restY = columns;
        int c = 1 << levels;
        for (int level = 1; level < levels; level++)
        {
            c >>= 1;
            nx <<= 1;
            ny <<= 1;
            if (restX <= c)
            {
                nx--;
            }
            else
            {
                restX -= c;
            }
            if (restY <= c)
            {
                ny--;
            }
            else
            {
                restY -= c;
            }
            Spread(scratch, nx, ny);
            for (int i = (nx * ny) - 1; i >= 0; i--)
            {
                if (scratch[i] != 0)
                {
                    scratch[i] = (byte)Huffman(ref bits);
                }
            }
        }
    }

    /// <summary>Turns 4-bit codes of [(nx+1)/2, (ny+1)/2] into single bits of [nx, ny], in place.</summary>
    private static void Spread(byte[] b, int nx, int ny)
    {
        int ny2 = (ny + 1) / 2;
        int k = (((nx + 1) / 2) * ny2) - 1;
        for (int i = ((nx + 1) / 2) - 1; i >= 0; i--)
        {
            for (int j = ny2 - 1; j >= 0; j--, k--)
            {
                b[2 * ((ny * i) + j)] = b[k];
            }
        }
        for (int i = 0; i < nx; i += 2)
        {
            for (int j = 0; j < ny; j += 2)
            {
                int at = (ny * i) + j;
                int code = b[at];
                bool below = i + 1 < nx;
                bool right = j + 1 < ny;
                if (below && right)
                {
                    b[at + ny + 1] = (byte)(code & 1);
                }
                if (below)
                {
                    b[at + ny] = (byte)((code >> 1) & 1);
                }
                if (right)
                {
                    b[at + 1] = (byte)((code >> 2) & 1);
                }
                b[at] = (byte)((code >> 3) & 1);
            }
        }
    }

    /// <summary>Puts 4-bit codes, each for 2 × 2 coefficients, into one bit plane.</summary>
    private static void Insert(byte[] codes, int rows, int columns, Span<long> a, int stride, int bit)
    {
        int k = 0;
        for (int i = 0; i < rows; i += 2)
        {
            for (int j = 0; j < columns; j += 2)
            {
                long code = codes[k++];
                int at = (stride * i) + j;
                a[at] |= ((code >> 3) & 1) << bit;
                if (j + 1 < columns)
                {
                    a[at + 1] |= ((code >> 2) & 1) << bit;
                }
                if (i + 1 < rows)
                {
                    a[at + stride] |= ((code >> 1) & 1) << bit;
                    if (j + 1 < columns)
                    {
                        a[at + stride + 1] |= (code & 1) << bit;
                    }
                }
            }
        }
    }

    /// <summary>One of the sixteen fixed Huffman codes.</summary>
    private static int Huffman(ref BitReader bits)
    {
        int c = bits.Read(3);
        if (c < 4)
        {
            return 1 << c;
        }
        c = (c << 1) | bits.Read(1);
        if (c < 13)
        {
            return c switch
            {
                8 => 3,
                9 => 5,
                10 => 10,
                11 => 12,
                _ => 15,
            };
        }
        c = (c << 1) | bits.Read(1);
        if (c < 31)
        {
            return c switch
            {
                26 => 6,
                27 => 7,
                28 => 9,
                29 => 11,
                _ => 13,
            };
        }
        return bits.Read(1) == 0 ? 0 : 14;
    }
}
