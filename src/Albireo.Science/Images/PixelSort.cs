using System.Buffers;
using System.Runtime.InteropServices;

namespace Albireo.Science.Images;

/// <summary>Sorts many pixel values in linear time: a radix sort over the bit patterns, eleven bits at a time.</summary>
internal static class PixelSort
{
    private const int Bits = 11;
    private const int Buckets = 1 << Bits;

    /// <summary>Below this many values a comparison sort is quicker.</summary>
    private const int Few = 4096;

    /// <summary>Sorts upwards.</summary>
    /// <param name="values">Without NaN.</param>
    public static void Sort(Span<float> values)
    {
        if (values.Length < Few)
        {
            values.Sort();
            return;
        }
        uint[] rented = ArrayPool<uint>.Shared.Rent(values.Length);
        Span<uint> from = MemoryMarshal.Cast<float, uint>(values);
        Span<uint> to = rented.AsSpan(0, values.Length);
        int[] counts = new int[3 * Buckets];
        foreach (ref uint bits in from)
        {
            // All bits of negative numbers turned, the sign bit of others: unsigned order is then the order of the numbers.
            bits ^= (uint)((int)bits >> 31) | 0x80000000;
            counts[bits & (Buckets - 1)]++;
            counts[Buckets + ((bits >> Bits) & (Buckets - 1))]++;
            counts[(2 * Buckets) + (bits >> (2 * Bits))]++;
        }
        for (int pass = 0; pass < 3; pass++)
        {
            Distribute(from, to, counts.AsSpan(pass * Buckets, Buckets), pass * Bits);
            Span<uint> last = from;
            from = to;
            to = last;
        }
        // Three passes end in the rented array.
        for (int i = 0; i < from.Length; i++)
        {
            uint bits = from[i];
            to[i] = bits ^ ((bits & 0x80000000) != 0 ? 0x80000000 : uint.MaxValue);
        }
        ArrayPool<uint>.Shared.Return(rented);
    }

    private static void Distribute(ReadOnlySpan<uint> from, Span<uint> to, Span<int> counts, int shift)
    {
        int start = 0;
        foreach (ref int count in counts)
        {
            (count, start) = (start, start + count);
        }
        foreach (uint bits in from)
        {
            to[counts[(int)((bits >> shift) & (Buckets - 1))]++] = bits;
        }
    }
}
