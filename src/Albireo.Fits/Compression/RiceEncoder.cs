using System.Buffers.Binary;

namespace Albireo.Fits;

/// <summary>Writes RICE_1 as cfitsio does: every block of differences with the number of low bits that suits its mean.</summary>
internal static class RiceEncoder
{
    /// <summary>Pixels of a block.</summary>
    public const int BlockSize = 32;

    /// <summary>Most bytes that so many pixels can take.</summary>
    public static int MostBytes(int pixels, int bytePix) => (pixels * bytePix) + (pixels / BlockSize) + 16;

    /// <summary>Encodes a tile.</summary>
    /// <param name="pixels">Numbers that fit into <paramref name="bytePix"/> bytes (one byte: unsigned).</param>
    /// <param name="bytePix">1, 2 or 4.</param>
    /// <param name="destination">Room for <see cref="MostBytes"/>.</param>
    /// <returns>Bytes written.</returns>
    public static int Encode(ReadOnlySpan<int> pixels, int bytePix, Span<byte> destination)
    {
        int pixelBits = 8 * bytePix;
        (int codeBits, int rawCode) = bytePix switch
        {
            1 => (3, 6),
            2 => (4, 14),
            _ => (5, 25),
        };
        var bits = new BitWriter(destination);
        int last = pixels[0];
        bits.Write((uint)last & (uint)(0xFFFF_FFFFUL >> (32 - pixelBits)), pixelBits);
        Span<uint> folded = stackalloc uint[BlockSize];
        for (int start = 0; start < pixels.Length; start += BlockSize)
        {
            ReadOnlySpan<int> block = pixels.Slice(start, Math.Min(BlockSize, pixels.Length - start));
            ulong sum = 0;
            for (int i = 0; i < block.Length; i++)
            {
                // The difference wraps at the stored width; its sign goes to the lowest bit.
                int difference = (block[i] - last) << (32 - pixelBits) >> (32 - pixelBits);
                last = block[i];
                folded[i] = (uint)((difference << 1) ^ (difference >> 31)) & (uint)(0xFFFF_FFFFUL >> (32 - pixelBits));
                sum += folded[i];
            }
            int low = LowBits(sum, block.Length);
            if (low >= rawCode)
            {
                bits.Write((uint)rawCode + 1, codeBits);
                foreach (uint value in folded[..block.Length])
                {
                    bits.Write(value, pixelBits);
                }
            }
            else if (low == 0 && sum == 0)
            {
                bits.Write(0, codeBits);
            }
            else
            {
                bits.Write((uint)low + 1, codeBits);
                foreach (uint value in folded[..block.Length])
                {
                    bits.WriteZeros((int)(value >> low));
                    bits.Write((1u << low) | (value & ((1u << low) - 1)), low + 1);
                }
            }
        }
        return bits.Finish();
    }

    private static int LowBits(ulong sum, int count)
    {
        double mean = ((double)sum - (count / 2) - 1) / count;
        uint half = mean < 0 ? 0 : (uint)mean >> 1;
        int low = 0;
        for (; half > 0; half >>= 1)
        {
            low++;
        }
        return low;
    }

    /// <summary>Bits into bytes, most significant first.</summary>
    private ref struct BitWriter(Span<byte> destination)
    {
        private readonly Span<byte> destination = destination;
        private ulong window;
        private int held;
        private int position;

        public void Write(uint value, int count)
        {
            window = (window << count) | value;
            held += count;
            if (held >= 32)
            {
                held -= 32;
                BinaryPrimitives.WriteUInt32BigEndian(destination[position..], (uint)(window >> held));
                position += 4;
            }
        }

        public void WriteZeros(int count)
        {
            for (; count > 31; count -= 31)
            {
                Write(0, 31);
            }
            Write(0, count);
        }

        public int Finish()
        {
            for (; held > 0; held -= 8)
            {
                destination[position++] = (byte)(held >= 8 ? window >> (held - 8) : window << (8 - held));
            }
            return position;
        }
    }
}
