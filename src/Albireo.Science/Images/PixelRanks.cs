using System.Runtime.InteropServices;
using Albireo.Science.Numerics;

namespace Albireo.Science.Images;

/// <summary>
/// Exact order statistics of many pixels without sorting or copying them: a count of the upper halves of their bit patterns finds the
/// bin of each rank, a second count of the lower halves within that bin finds the value. Two reads of the picture, whatever is asked.
/// </summary>
public static class PixelRanks
{
    private const int Bins = 1 << 16;

    /// <summary>Percentiles of the finite pixels, interpolated linearly between neighbours as numpy does by default.</summary>
    /// <param name="pixels">Any order; NaN and infinities are left out.</param>
    /// <param name="percents">Each 0 … 100.</param>
    /// <param name="results">As many; NaN where no pixel is finite.</param>
    public static void Percentiles(ReadOnlySpan<float> pixels, ReadOnlySpan<double> percents, Span<double> results)
    {
        Require.SameLength(percents.Length, results.Length);
        long[] counts = new long[Bins];
        long total = CountUpper(pixels, counts);
        if (total == 0)
        {
            results.Fill(double.NaN);
            return;
        }
        var ranks = new SortedSet<long>();
        foreach (double percent in percents)
        {
            double position = Position(percent, total);
            ranks.Add((long)position);
            ranks.Add(Math.Min((long)position + 1, total - 1));
        }
        SortedDictionary<long, float> values = Select(pixels, counts, ranks);
        for (int i = 0; i < percents.Length; i++)
        {
            double position = Position(percents[i], total);
            long rank = (long)position;
            double low = values[rank];
            results[i] = low + ((values[Math.Min(rank + 1, total - 1)] - low) * (position - rank));
        }
    }

    /// <summary>The median of the finite pixels: the middle one, or the mean of the middle two; NaN where there is none.</summary>
    public static double Median(ReadOnlySpan<float> pixels)
    {
        Span<double> result = stackalloc double[1];
        Percentiles(pixels, [50], result);
        return result[0];
    }

    private static double Position(double percent, long total) => Require.Between(percent, 0, 100) / 100 * (total - 1);

    private static long CountUpper(ReadOnlySpan<float> pixels, long[] counts)
    {
        foreach (int bits in MemoryMarshal.Cast<float, int>(pixels))
        {
            counts[Ordered(bits) >> 16]++;
        }
        // Infinities and NaN have all exponent bits set: the topmost and lowest 128 bins hold nothing else.
        counts.AsSpan(0, 0x80).Clear();
        counts.AsSpan(0xFF80).Clear();
        long total = 0;
        foreach (long count in counts)
        {
            total += count;
        }
        return total;
    }

    private static SortedDictionary<long, float> Select(ReadOnlySpan<float> pixels, long[] counts, SortedSet<long> ranks)
    {
        // slot[bin] is the table of lower halves of a bin that some rank falls into, or −1.
        short[] slot = new short[Bins];
        Array.Fill(slot, (short)-1);
        var wanted = new List<(long Rank, int Bin, long Before)>();
        int bin = 0;
        long before = 0;
        short tables = 0;
        foreach (long rank in ranks)
        {
            while (before + counts[bin] <= rank)
            {
                before += counts[bin++];
            }
            if (slot[bin] < 0)
            {
                slot[bin] = tables++;
            }
            wanted.Add((rank, bin, before));
        }
        long[][] lower = new long[tables][];
        for (int i = 0; i < tables; i++)
        {
            lower[i] = new long[Bins];
        }
        foreach (int bits in MemoryMarshal.Cast<float, int>(pixels))
        {
            uint ordered = Ordered(bits);
            int table = slot[ordered >> 16];
            if (table >= 0)
            {
                lower[table][ordered & 0xFFFF]++;
            }
        }
        var found = new SortedDictionary<long, float>();
        foreach ((long rank, int upper, long start) in wanted)
        {
            long[] table = lower[slot[upper]];
            long seen = start;
            int value = 0;
            while (seen + table[value] <= rank)
            {
                seen += table[value++];
            }
            found[rank] = Value(((uint)upper << 16) | (uint)value);
        }
        return found;
    }

    /// <summary>Bit patterns turned so that they order as the numbers do.</summary>
    private static uint Ordered(int bits) => (uint)(bits ^ ((bits >> 31) | int.MinValue));

    private static float Value(uint ordered) =>
        BitConverter.UInt32BitsToSingle((ordered & 0x80000000) != 0 ? ordered ^ 0x80000000 : ~ordered);
}
