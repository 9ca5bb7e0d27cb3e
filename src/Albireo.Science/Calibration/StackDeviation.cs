using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Albireo.Science.Calibration;

/// <summary>Median absolute deviation of sorted stacks.</summary>
internal static class StackDeviation
{
    public const double MadToSigma = 1.4826022185056018;
    public const double MeanDeviationToSigma = 1.2533141373155003;

    /// <summary>
    /// Median absolute deviation from the median, as a standard deviation. In sorted values the (h+1)-th smallest deviation is the least
    /// reach of any h+1 neighbours: <c>minᵢ max(median − xᵢ, xᵢ₊ₕ − median)</c>; values cut off are ±∞ and never win.
    /// </summary>
    public static Vector512<T> OfMedian<T>(ReadOnlySpan<Vector512<T>> sorted, in StackLimits<T> limits, Vector512<T> median)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        Vector512<T> half = StackLanes.Of<T>(0.5);
        Vector512<T> lower = StackLanes.Floor((limits.Count - Vector512<T>.One) * half);
        Vector512<T> upper = StackLanes.Floor(limits.Count * half);
        Vector512<T> first = Vector512<T>.Zero;
        Vector512<T> second = Vector512<T>.Zero;
        for (int h = sorted.Length / 2; h >= 0; h--)
        {
            Vector512<T> index = StackLanes.Of<T>(h);
            Vector512<T> isLower = Vector512.Equals(lower, index);
            Vector512<T> isUpper = Vector512.Equals(upper, index);
            if (StackLanes.None(isLower | isUpper))
            {
                continue;
            }
            Vector512<T> reach = LeastReach(sorted, median, h);
            first = Vector512.ConditionalSelect(isLower, reach, first);
            second = Vector512.ConditionalSelect(isUpper, reach, second);
            if (Vector512.GreaterThanOrEqualAll(lower, index))
            {
                break;
            }
        }
        Vector512<T> mad = (first + second) * half * StackLanes.Of<T>(MadToSigma);
        Vector512<T> zero = Vector512.Equals(mad, Vector512<T>.Zero);
        return StackLanes.None(zero)
            ? mad
            : Vector512.ConditionalSelect(zero, Mean(sorted, limits, median) * StackLanes.Of<T>(MeanDeviationToSigma), mad);
    }

    /// <summary>How far from the median the nearest <paramref name="h"/> + 1 neighbours lie.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LeastReach<T>(ReadOnlySpan<Vector512<T>> sorted, Vector512<T> median, int h)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref Vector512<T> left = ref MemoryMarshal.GetReference(sorted);
        ref Vector512<T> right = ref Unsafe.Add(ref left, h);
        Vector512<T> reach = StackLanes.Of<T>(double.PositiveInfinity);
        for (int i = 0; i < sorted.Length - h; i++)
        {
            Vector512<T> one = StackLanes.Larger(median - Unsafe.Add(ref left, i), Unsafe.Add(ref right, i) - median);
            reach = StackLanes.Smaller(reach, one);
        }
        return reach;
    }

    private static Vector512<T> Mean<T>(ReadOnlySpan<Vector512<T>> sorted, in StackLimits<T> limits, Vector512<T> median)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        Vector512<T> low = limits.Low;
        Vector512<T> high = limits.High;
        Vector512<T> sum = Vector512<T>.Zero;
        foreach (Vector512<T> v in sorted)
        {
            Vector512<T> inside = Vector512.GreaterThanOrEqual(v, low) & Vector512.LessThanOrEqual(v, high);
            sum += Vector512.ConditionalSelect(inside, Vector512.Abs(v - median), Vector512<T>.Zero);
        }
        return sum / limits.Count;
    }
}
