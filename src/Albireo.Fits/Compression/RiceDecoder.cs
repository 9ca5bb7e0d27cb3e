using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Albireo.Fits;

/// <summary>
/// RICE_1 (FITS 4.0, section 10.4.1; Rice, Yeh &amp; Miller 1993): the first pixel as it is, then differences in blocks, each with its
/// own number of low bits; the high part is counted in zeros.
/// </summary>
internal static class RiceDecoder
{
    /// <summary>Zero bytes that must follow the stream in its buffer.</summary>
    public const int Padding = 16;

    /// <summary>Most pixels that a stream can hold: a block takes at least the bits that name its coding.</summary>
    public static long MostPixels(int bytes, int blockSize, int bytePix) => ((8L * bytes / CodeBits(bytePix)) + 1) * blockSize;

    /// <summary>Decodes a tile.</summary>
    /// <param name="padded">The stream and <see cref="Padding"/> zero bytes.</param>
    /// <param name="length">Bytes of the stream itself.</param>
    /// <param name="blockSize">Pixels of a block: 16 or 32.</param>
    /// <param name="bytePix">Bytes of a stored pixel: 1 (unsigned), 2 or 4.</param>
    /// <param name="pixels">Receives as many pixels as it holds.</param>
    /// <exception cref="TileException">The stream ends before the last pixel.</exception>
    public static void Decode(ReadOnlySpan<byte> padded, int length, int blockSize, int bytePix, Span<int> pixels)
    {
        int codeBits = CodeBits(bytePix);
        int pixelBits = 8 * bytePix;
        int rawCode = bytePix switch
        {
            1 => 6,
            2 => 14,
            _ => 25,
        };
        if (length < bytePix)
        {
            throw Short(length);
        }
        int last = bytePix switch
        {
            1 => padded[0],
            2 => BinaryPrimitives.ReadInt16BigEndian(padded),
            _ => BinaryPrimitives.ReadInt32BigEndian(padded),
        };
        int position = bytePix;
        ulong window = 0;
        int held = 0;
        for (int start = 0; start < pixels.Length; start += blockSize)
        {
            Span<int> block = pixels.Slice(start, Math.Min(blockSize, pixels.Length - start));
            Refill(padded, ref window, ref held, ref position);
            int low = (int)(window >> (64 - codeBits)) - 1;
            window <<= codeBits;
            held -= codeBits;
            if (low < 0)
            {
                block.Fill(last);
            }
            else if (low == rawCode)
            {
                foreach (ref int pixel in block)
                {
                    Refill(padded, ref window, ref held, ref position);
                    last += Unfold((uint)(window >> (64 - pixelBits)));
                    window <<= pixelBits;
                    held -= pixelBits;
                    pixel = last;
                }
            }
            else if (low < rawCode)
            {
                last = Block(padded, block, low, last, ref window, ref held, ref position);
            }
            else
            {
                throw new TileException($"the code {low + 1} of a Rice block", $"at most {rawCode + 1}");
            }
            if ((8L * position) - held > 8L * length)
            {
                throw Short(length);
            }
        }
        Wrap(pixels, bytePix);
    }

    private static int CodeBits(int bytePix) =>
        bytePix switch
        {
            1 => 3,
            2 => 4,
            _ => 5,
        };

    private static TileException Short(int length) =>
        new($"a Rice stream of {length} bytes that ends before the tile is full", "a stream for all its pixels");

    /// <summary>A block of differences with <paramref name="low"/> low bits each.</summary>
    private static int Block(
        ReadOnlySpan<byte> padded,
        Span<int> block,
        int low,
        int last,
        ref ulong windowRef,
        ref int heldRef,
        ref int positionRef
    )
    {
        ulong window = windowRef;
        int held = heldRef;
        int position = positionRef;
        int drop = 63 - low;
        int used = low + 1;
        for (int i = 0; i < block.Length; i++)
        {
            // One refill for two pixels: 56 bits or more are held after it.
            if ((i & 1) == 0)
            {
                Refill(padded, ref window, ref held, ref position);
            }
            int zeros = BitOperations.LeadingZeroCount(window);
            int total = zeros + used;
            if (total > held)
            {
                zeros = LongRun(padded, used, ref window, ref held, ref position, out ulong top);
                last += Unfold((uint)(top >> drop) + ((uint)(zeros - 1) << low));
                block[i] = last;
                continue;
            }
            // From the one that ends the zeros: the low bits with it, minus it.
            uint folded = (uint)((window << zeros) >> drop) + ((uint)(zeros - 1) << low);
            window <<= total;
            held -= total;
            last += Unfold(folded);
            block[i] = last;
        }
        windowRef = window;
        heldRef = held;
        positionRef = position;
        return last;
    }

    /// <summary>More zeros than the window holds, or just too few bits left: counts on.</summary>
    /// <returns>The zeros; <paramref name="top"/> begins with the one behind them, which is taken with the low bits.</returns>
    private static int LongRun(ReadOnlySpan<byte> padded, int used, ref ulong window, ref int held, ref int position, out ulong top)
    {
        int zeros = 0;
        while (true)
        {
            Refill(padded, ref window, ref held, ref position);
            int run = BitOperations.LeadingZeroCount(window);
            if (run + used <= held)
            {
                top = window << run;
                window <<= run + used;
                held -= run + used;
                return zeros + run;
            }
            int skip = Math.Min(run, held);
            window <<= skip;
            held -= skip;
            zeros += skip;
            if (position > padded.Length - 8)
            {
                throw Short(padded.Length - Padding);
            }
        }
    }

    /// <summary>Fills the window to 56 bits or more; at the end of the buffer with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Refill(ReadOnlySpan<byte> padded, ref ulong window, ref int held, ref int position)
    {
        if (position <= padded.Length - 8)
        {
            window |= BinaryPrimitives.ReadUInt64BigEndian(padded[position..]) >> held;
            position += (63 - held) >> 3;
            held |= 56;
        }
        else if (held < 56)
        {
            throw Short(padded.Length - Padding);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Unfold(uint folded) => (int)(folded >> 1) ^ -(int)(folded & 1);

    /// <summary>Sums are modulo the stored width.</summary>
    private static void Wrap(Span<int> pixels, int bytePix)
    {
        if (bytePix == 2)
        {
            foreach (ref int pixel in pixels)
            {
                pixel = (short)pixel;
            }
        }
        else if (bytePix == 1)
        {
            foreach (ref int pixel in pixels)
            {
                pixel = (byte)pixel;
            }
        }
    }
}
