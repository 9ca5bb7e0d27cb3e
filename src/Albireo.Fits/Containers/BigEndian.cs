using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Albireo.Fits;

/// <summary>Arrays of big-endian numbers, in bulk.</summary>
internal static class BigEndian
{
    /// <summary>Turns the byte order of every number of <paramref name="size"/> bytes, in place.</summary>
    public static void Swap(Span<byte> bytes, int size)
    {
        switch (size)
        {
            case 2:
                Span<ushort> twos = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(twos, twos);
                break;
            case 4:
                Span<uint> fours = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(fours, fours);
                break;
            case 8:
                Span<ulong> eights = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(eights, eights);
                break;
        }
    }

    /// <summary>Flips the top bit of every big-endian number of <paramref name="size"/> bytes: signed ↔ unsigned by offset.</summary>
    public static void FlipTopBit(Span<byte> bytes, int size)
    {
        Span<byte> pattern = stackalloc byte[8];
        for (int i = 0; i < 8; i += size)
        {
            pattern[i] = 0x80;
        }
        ulong flip = MemoryMarshal.Read<ulong>(pattern);
        foreach (ref ulong word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            word ^= flip;
        }
        for (int i = bytes.Length / 8 * 8; i < bytes.Length; i += size)
        {
            bytes[i] ^= 0x80;
        }
    }
}
