using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Albireo.Fits;

/// <summary>
/// The checksum of the FITS standard (4.0, section 4.4.2.7 and appendix J): ones'-complement sums of big-endian 32-bit words. The
/// sum of a concatenation is the sum of the sums as long as every part but the last has a length that is a multiple of 4.
/// </summary>
internal static class FitsChecksum
{
    /// <summary>Adds the words of <paramref name="bytes"/> (a multiple of 4 long) to a sum.</summary>
    public static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<Vector256<byte>> lanes = MemoryMarshal.Cast<byte, Vector256<byte>>(bytes);
        Vector256<ulong> total = Vector256<ulong>.Zero;
        Vector256<ulong> low = Vector256.Create(0xFFFF_FFFFUL);
        foreach (Vector256<byte> lane in lanes)
        {
            Vector256<ulong> words = Vector256
                .Shuffle(
                    lane,
                    Vector256.Create(
                        (byte)3,
                        2,
                        1,
                        0,
                        7,
                        6,
                        5,
                        4,
                        11,
                        10,
                        9,
                        8,
                        15,
                        14,
                        13,
                        12,
                        19,
                        18,
                        17,
                        16,
                        23,
                        22,
                        21,
                        20,
                        27,
                        26,
                        25,
                        24,
                        31,
                        30,
                        29,
                        28
                    )
                )
                .AsUInt64();
            total += (words & low) + (words >>> 32);
        }
        ulong all = (ulong)sum + Fold(total[0]) + Fold(total[1]) + Fold(total[2]) + Fold(total[3]);
        foreach (uint word in MemoryMarshal.Cast<byte, uint>(bytes[(lanes.Length * Vector256<byte>.Count)..]))
        {
            all += BinaryPrimitives.ReverseEndianness(word);
        }
        return (uint)Fold(Fold(all));
    }

    /// <summary>The CHECKSUM value: sixteen characters that make the whole HDU sum to −0.</summary>
    /// <param name="sum">Sum over header and data with the CHECKSUM value set to sixteen '0'.</param>
    public static string Encode(uint sum)
    {
        uint value = ~sum;
        Span<char> spread = stackalloc char[16];
        Span<int> four = stackalloc int[4];
        for (int i = 0; i < 4; i++)
        {
            int part = (int)(value >> (24 - (8 * i))) & 255;
            four.Fill((part / 4) + '0');
            four[0] += part % 4;
            while (four.ContainsAnyInRange(0x3A, 0x40) || four.ContainsAnyInRange(0x5B, 0x60))
            {
                for (int j = 0; j < 4; j += 2)
                {
                    if (IsPunctuation(four[j]) || IsPunctuation(four[j + 1]))
                    {
                        four[j]++;
                        four[j + 1]--;
                    }
                }
            }
            for (int j = 0; j < 4; j++)
            {
                spread[(4 * j) + i] = (char)four[j];
            }
        }
        return string.Concat(spread[15..], spread[..15]);
    }

    private static bool IsPunctuation(int c) => c is >= 0x3A and <= 0x40 or >= 0x5B and <= 0x60;

    private static ulong Fold(ulong sum) => (sum & 0xFFFF_FFFF) + (sum >> 32);
}
