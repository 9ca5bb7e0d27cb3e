using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Albireo.Science.Numerics;

/// <summary>
/// Order statistics by counting: a bracket around the wanted rank is narrowed by counting how many values lie at or below a pivot,
/// sixteen at a time, until few enough are left to sort. Nothing is moved, the answer is exact, and repeated values (digitised data)
/// cost no more than others. Pivots are interpolated towards the wanted rank as in Floyd &amp; Rivest (1975).
/// </summary>
internal static class Selection
{
    /// <summary>Values that are sorted rather than counted.</summary>
    private const int Few = 32;

    /// <summary>The value of the given rank (0 = smallest) and the one after it (itself again for the last rank).</summary>
    /// <param name="values">At least one value, no NaN; not changed.</param>
    /// <param name="rank">In [0, length).</param>
    public static (T Value, T Next) Ranked<T>(ReadOnlySpan<T> values, int rank)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        if (values.Length <= Few)
        {
            return Finish(values, T.NaN, 0, T.PositiveInfinity, values.Length, rank);
        }
        Span<T> sample = stackalloc T[Few];
        double step = (double)values.Length / Few;
        for (int i = 0; i < Few; i++)
        {
            sample[i] = values[(int)((i + 0.5) * step)];
        }
        Sort(sample);
        int at = (int)(rank / step);
        return Ranked(values, rank, sample[Math.Max(at - 5, 0)], sample[Math.Min(at + 5, Few - 1)]);
    }

    /// <summary>As above, beginning with two values between which the answer is thought to lie; a wrong guess only costs time.</summary>
    public static (T Value, T Next) Ranked<T>(ReadOnlySpan<T> values, int rank, T guessBelow, T guessAbove)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        // The answer lies in (low, high]; a NaN for low means that nothing is below it.
        (T low, int belowLow) = (T.NaN, 0);
        (T high, int belowHigh) = (T.PositiveInfinity, values.Length);
        Narrow(values, guessBelow, rank, ref low, ref belowLow, ref high, ref belowHigh);
        if (belowHigh > rank + 1 && (T.IsNaN(low) || guessAbove > low) && guessAbove < high)
        {
            Narrow(values, guessAbove, rank, ref low, ref belowLow, ref high, ref belowHigh);
        }
        for (int stalls = 0; belowHigh - belowLow > Few; )
        {
            int before = belowHigh - belowLow;
            (T pivot, bool smallest) = Pivot(values, rank, low, belowLow, high, belowHigh, stalls);
            Narrow(values, pivot, rank, ref low, ref belowLow, ref high, ref belowHigh);
            if (smallest && high == pivot)
            {
                // Everything left has one value: with digitised data this is the usual end.
                return (high, rank + 1 < belowHigh || belowHigh == values.Length ? high : After(values, high));
            }
            if (T.BitIncrement(low) == high)
            {
                return (high, rank + 1 < belowHigh || belowHigh == values.Length ? high : After(values, high));
            }
            stalls = belowHigh - belowLow > before / 2 ? stalls + 1 : 0;
        }
        return Finish(values, low, belowLow, high, belowHigh, rank);
    }

    /// <summary>How many values are at or below <paramref name="limit"/>.</summary>
    public static int CountUpTo<T>(ReadOnlySpan<T> values, T limit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T first = ref MemoryMarshal.GetReference(values);
        int width = Vector512<T>.Count;
        Vector512<T> bound = Vector512.Create(limit);
        int even = 0;
        int odd = 0;
        int i = 0;
        for (; i <= values.Length - (2 * width); i += 2 * width)
        {
            even += Ones(Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref first, (nuint)i), bound));
            odd += Ones(Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref first, (nuint)(i + width)), bound));
        }
        for (; i < values.Length; i++)
        {
            even += values[i] <= limit ? 1 : 0;
        }
        return even + odd;
    }

    /// <summary>The smallest value above <paramref name="limit"/> (a NaN limit: the smallest of all); +∞ if there is none.</summary>
    public static T After<T>(ReadOnlySpan<T> values, T limit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T first = ref MemoryMarshal.GetReference(values);
        int width = Vector512<T>.Count;
        Vector512<T> bound = Vector512.Create(limit);
        Vector512<T> none = Vector512.Create(T.PositiveInfinity);
        Vector512<T> smallest = none;
        int i = 0;
        for (; i <= values.Length - width; i += width)
        {
            Vector512<T> v = Vector512.LoadUnsafe(ref first, (nuint)i);
            Vector512<T> candidate = Vector512.ConditionalSelect(Vector512.LessThanOrEqual(v, bound), none, v);
            smallest = Vector512.ConditionalSelect(Vector512.LessThan(candidate, smallest), candidate, smallest);
        }
        T least = T.PositiveInfinity;
        for (int lane = 0; lane < width; lane++)
        {
            least = smallest[lane] < least ? smallest[lane] : least;
        }
        for (; i < values.Length; i++)
        {
            if (!(values[i] <= limit) && values[i] < least)
            {
                least = values[i];
            }
        }
        return least;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Ones<T>(Vector512<T> mask)
        where T : unmanaged => BitOperations.PopCount(Vector512.ExtractMostSignificantBits(mask));

    private static void Narrow<T>(ReadOnlySpan<T> values, T pivot, int rank, ref T low, ref int belowLow, ref T high, ref int belowHigh)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = CountUpTo(values, pivot);
        if (count > rank)
        {
            (high, belowHigh) = (pivot, count);
        }
        else
        {
            (low, belowLow) = (pivot, count);
        }
    }

    /// <summary>
    /// Where to count next: by interpolation, aimed a little past the wanted rank so that it ends up in a narrow bracket; after a step
    /// that gained little the smallest value inside the bracket, then the middle of the bracket's bit patterns, in turn.
    /// </summary>
    private static (T Value, bool IsSmallest) Pivot<T>(
        ReadOnlySpan<T> values,
        int rank,
        T low,
        int belowLow,
        T high,
        int belowHigh,
        int stalls
    )
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        if (T.IsNaN(low) || stalls % 3 == 1)
        {
            return (After(values, low), true);
        }
        if (T.IsInfinity(high))
        {
            high = Largest(values);
        }
        if (stalls % 3 != 2 && T.IsFinite(low) && T.IsFinite(high))
        {
            double inside = belowHigh - belowLow;
            double target = rank - belowLow + 0.5;
            double margin = Math.Max(Few / 3.0, Math.Sqrt(inside) / 2);
            target = target < inside / 2 ? target + margin : target - margin;
            T pivot = T.CreateChecked(
                double.CreateChecked(low) + ((double.CreateChecked(high) - double.CreateChecked(low)) * (target / inside))
            );
            if (pivot > low && pivot < high)
            {
                return (pivot, false);
            }
        }
        return (Middle(low, high), false);
    }

    private static T Largest<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T first = ref MemoryMarshal.GetReference(values);
        int width = Vector512<T>.Count;
        Vector512<T> lanes = Vector512.Create(T.NegativeInfinity);
        int i = 0;
        for (; i <= values.Length - width; i += width)
        {
            Vector512<T> v = Vector512.LoadUnsafe(ref first, (nuint)i);
            lanes = Vector512.ConditionalSelect(Vector512.GreaterThan(v, lanes), v, lanes);
        }
        T largest = T.NegativeInfinity;
        for (int lane = 0; lane < width; lane++)
        {
            largest = lanes[lane] > largest ? lanes[lane] : largest;
        }
        for (; i < values.Length; i++)
        {
            largest = values[i] > largest ? values[i] : largest;
        }
        return largest;
    }

    /// <summary>The value half-way between two in the order of bit patterns; at least one step above the lower one.</summary>
    private static T Middle<T>(T low, T high)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            long a = Key(BitConverter.SingleToInt32Bits((float)(object)low));
            long b = Key(BitConverter.SingleToInt32Bits((float)(object)high));
            int middle = (int)(a + ((b - a + 1) / 2));
            return (T)(object)BitConverter.Int32BitsToSingle(middle < 0 ? int.MinValue - middle : middle);
        }
        Int128 c = Key(BitConverter.DoubleToInt64Bits((double)(object)low));
        Int128 d = Key(BitConverter.DoubleToInt64Bits((double)(object)high));
        long half = (long)(c + ((d - c + 1) / 2));
        return (T)(object)BitConverter.Int64BitsToDouble(half < 0 ? long.MinValue - half : half);
    }

    private static int Key(int bits) => bits < 0 ? int.MinValue - bits : bits;

    private static long Key(long bits) => bits < 0 ? long.MinValue - bits : bits;

    /// <summary>Collects the few values in (low, high], sorts them and reads the rank off.</summary>
    private static (T Value, T Next) Finish<T>(ReadOnlySpan<T> values, T low, int belowLow, T high, int belowHigh, int rank)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> few = stackalloc T[Few];
        int found = 0;
        int width = Vector512<T>.Count;
        int i = 0;
        ref T first = ref MemoryMarshal.GetReference(values);
        Vector512<T> lows = Vector512.Create(low);
        Vector512<T> highs = Vector512.Create(high);
        for (; i <= values.Length - width; i += width)
        {
            Vector512<T> v = Vector512.LoadUnsafe(ref first, (nuint)i);
            Vector512<T> inside = Vector512.AndNot(Vector512.LessThanOrEqual(v, highs), Vector512.LessThanOrEqual(v, lows));
            for (ulong bits = Vector512.ExtractMostSignificantBits(inside); bits != 0; bits &= bits - 1)
            {
                few[found++] = values[i + BitOperations.TrailingZeroCount(bits)];
            }
        }
        for (; i < values.Length; i++)
        {
            if (values[i] <= high && !(values[i] <= low))
            {
                few[found++] = values[i];
            }
        }
        few = few[..found];
        Sort(few);
        T value = few[rank - belowLow];
        if (rank + 1 < belowHigh)
        {
            return (value, few[rank + 1 - belowLow]);
        }
        return (value, rank + 1 < values.Length ? After(values, high) : value);
    }

    private static void Sort<T>(Span<T> few)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 1; i < few.Length; i++)
        {
            T value = few[i];
            int j = i - 1;
            for (; j >= 0 && few[j] > value; j--)
            {
                few[j + 1] = few[j];
            }
            few[j + 1] = value;
        }
    }
}
