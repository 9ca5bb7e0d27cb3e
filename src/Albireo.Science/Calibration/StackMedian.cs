using System.Numerics;
using System.Runtime.Intrinsics;

namespace Albireo.Science.Calibration;

/// <summary>Medians of sorted stacks, each lane of its own part of them.</summary>
internal static class StackMedian
{
    /// <summary>Up to here all values are looked at: that costs less than a branch on how many it takes.</summary>
    private const int Few = 16;

    /// <summary>Median of <paramref name="count"/> values from index <paramref name="below"/> on, for each lane.</summary>
    public static Vector512<T> Of<T>(ReadOnlySpan<Vector512<T>> sorted, Vector512<T> below, Vector512<T> count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        Vector512<T> half = StackLanes.Of<T>(0.5);
        Vector512<T> lower = below + StackLanes.Floor((count - Vector512<T>.One) * half);
        Vector512<T> upper = below + StackLanes.Floor(count * half);
        Vector512<T> one = Vector512<T>.Zero;
        Vector512<T> other = Vector512<T>.Zero;
        if (sorted.Length <= Few)
        {
            Vector512<T> index = Vector512<T>.Zero;
            foreach (Vector512<T> v in sorted)
            {
                one = Vector512.ConditionalSelect(Vector512.Equals(index, lower), v, one);
                other = Vector512.ConditionalSelect(Vector512.Equals(index, upper), v, other);
                index += Vector512<T>.One;
            }
            return (one + other) * half;
        }
        // From the middle outwards, for that is where medians lie, until every lane has its values.
        Vector512<T> found = Vector512<T>.Zero;
        int middle = sorted.Length / 2;
        for (int step = 0; step <= sorted.Length; step++)
        {
            int k = (step & 1) == 0 ? middle + (step / 2) : middle - ((step + 1) / 2);
            if (k < 0 || k >= sorted.Length)
            {
                continue;
            }
            Vector512<T> index = StackLanes.Of<T>(k);
            Vector512<T> isLower = Vector512.Equals(index, lower);
            Vector512<T> isUpper = Vector512.Equals(index, upper);
            one = Vector512.ConditionalSelect(isLower, sorted[k], one);
            other = Vector512.ConditionalSelect(isUpper, sorted[k], other);
            found += StackLanes.One(isLower) + StackLanes.One(isUpper);
            if (Vector512.EqualsAll(found, StackLanes.Of<T>(2)))
            {
                break;
            }
        }
        return (one + other) * half;
    }
}
