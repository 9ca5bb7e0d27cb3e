using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Albireo.Science.Images;

/// <summary>
/// Where a converter of fewer bits than the file's saturates, as the counts of one frame show it: 12- or 14-bit counts that were shifted
/// to the left end in zero bits, counts that were not pile up at 4095 or 16383.
/// </summary>
public static class CountCeiling
{
    private const int BlockLength = 4096;

    /// <summary>Larger numbers are no counts.</summary>
    private const double Largest = 1e9;

    private static readonly double[] Ceilings = [4095, 16383];

    /// <summary>The lowest saturated count, or null where the counts show no narrower converter.</summary>
    /// <param name="counts">Raw counts; NaN is undefined and does not count.</param>
    /// <param name="largest">The largest count that the file's type holds.</param>
    /// <param name="averaged">How many pixels each count is the mean of.</param>
    public static double? Of(float[] counts, double largest, int averaged = 1)
    {
        ArgumentNullException.ThrowIfNull(counts);
        int blocks = (counts.Length + BlockLength - 1) / BlockLength;
        return Of(blocks, i => counts.AsSpan(i * BlockLength, Math.Min(BlockLength, counts.Length - (i * BlockLength))), largest, averaged);
    }

    /// <summary>The same for counts that are not all at hand at once.</summary>
    /// <param name="blockCount">How many parts there are.</param>
    /// <param name="block">The parts; each is asked for once, and twice where the largest count may be a ceiling.</param>
    /// <param name="largest">The largest count that the file's type holds.</param>
    /// <param name="averaged">How many pixels each count is the mean of.</param>
    public static double? Of(int blockCount, CountBlock block, double largest, int averaged = 1)
    {
        ArgumentNullException.ThrowIfNull(block);
        double most = double.NegativeInfinity;
        long bits = 0;
        bool isFull = false;
        for (int i = 0; i < blockCount; i++)
        {
            if (bits % 4 != 0 && !isFull)
            {
                // Nothing but the largest count can tell a ceiling now. The others are looked at closely only where it does.
                double all = most;
                for (int k = i; k < blockCount && all <= Ceilings[^1]; k++)
                {
                    all = Math.Max(all, Most(block(k)));
                }
                isFull = Array.IndexOf(Ceilings, all) >= 0;
                if (!isFull)
                {
                    return null;
                }
            }
            if (Bits(block(i), averaged, ref most) is not { } some)
            {
                return null; // no counts as they were read
            }
            bits |= some;
        }
        if (bits == 0)
        {
            return null;
        }
        foreach (int step in (ReadOnlySpan<int>)[16, 4])
        {
            if (bits % step == 0)
            {
                return Math.Floor(largest / step) * step;
            }
        }
        return Array.IndexOf(Ceilings, most) >= 0 && most < largest && CountOf((float)most, blockCount, block) >= 2 ? most : null;
    }

    private static int CountOf(float most, int blockCount, CountBlock block)
    {
        int count = 0;
        for (int i = 0; i < blockCount; i++)
        {
            count += block(i).Count(most);
        }
        return count;
    }

    /// <summary>The largest of the finite counts.</summary>
    private static double Most(ReadOnlySpan<float> counts)
    {
        ReadOnlySpan<Vector512<float>> lanes = MemoryMarshal.Cast<float, Vector512<float>>(counts);
        Vector512<float> high = Vector512.Create(float.NegativeInfinity);
        Vector512<float> other = high;
        int i = 0;
        for (; i < lanes.Length - 1; i += 2)
        {
            high = Higher(high, lanes[i]);
            other = Higher(other, lanes[i + 1]);
        }
        high = Higher(high, other);
        double most = double.NegativeInfinity;
        for (int k = 0; k < Vector512<float>.Count; k++)
        {
            most = Math.Max(most, high[k]);
        }
        foreach (float count in counts[(i * Vector512<float>.Count)..])
        {
            most = float.IsFinite(count) ? Math.Max(most, count) : most;
        }
        return most;
    }

    private static Vector512<float> Higher(Vector512<float> high, Vector512<float> counts)
    {
        Vector512<float> isHigher =
            Vector512.GreaterThan(counts, high) & Vector512.LessThanOrEqual(counts, Vector512.Create(float.MaxValue));
        return Vector512.ConditionalSelect(isHigher, counts, high);
    }

    /// <summary>All bits that any of the counts has, and the largest count; null where one is no whole number.</summary>
    private static long? Bits(ReadOnlySpan<float> counts, int averaged, ref double most)
    {
        ReadOnlySpan<Vector512<float>> lanes = MemoryMarshal.Cast<float, Vector512<float>>(counts);
        Vector512<float> high = Vector512.Create(float.NegativeInfinity);
        Vector512<long> bits = Vector512<long>.Zero;
        Vector512<double> broken = Vector512<double>.Zero;
        Vector512<double> factor = Vector512.Create((double)averaged);
        foreach (Vector512<float> lane in lanes)
        {
            Vector512<float> finite = Vector512.LessThanOrEqual(Vector512.Abs(lane), Vector512.Create(float.MaxValue));
            high = Vector512.Max(high, Vector512.ConditionalSelect(finite, lane, Vector512.Create(float.NegativeInfinity)));
            (Vector512<double> a, Vector512<double> b) = Vector512.Widen(lane & finite);
            a = Vector512.Abs(a * factor);
            b = Vector512.Abs(b * factor);
            broken |= Broken(a) | Broken(b);
            bits |= Vector512.ConvertToInt64(a) | Vector512.ConvertToInt64(b);
        }
        if (broken.AsInt64() != Vector512<long>.Zero)
        {
            return null;
        }
        long all = 0;
        for (int i = 0; i < Vector512<long>.Count; i++)
        {
            all |= bits[i];
        }
        for (int i = 0; i < Vector512<float>.Count; i++)
        {
            most = Math.Max(most, high[i]);
        }
        foreach (float count in counts[(lanes.Length * Vector512<float>.Count)..])
        {
            double scaled = Math.Abs((double)count * averaged);
            if (!float.IsFinite(count))
            {
                continue;
            }
            if (scaled != Math.Floor(scaled) || scaled > Largest)
            {
                return null;
            }
            all |= (long)scaled;
            most = Math.Max(most, count);
        }
        return all;
    }

    private static Vector512<double> Broken(Vector512<double> scaled) =>
        ~Vector512.Equals(scaled, Vector512.Floor(scaled)) | Vector512.GreaterThan(scaled, Vector512.Create(Largest));
}
