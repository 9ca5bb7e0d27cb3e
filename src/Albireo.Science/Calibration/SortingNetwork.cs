using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Albireo.Science.Calibration;

/// <summary>
/// Sorts down a stack, every lane for itself: the comparisons do not depend on the values, so that 16 pixels are sorted at once.
/// Batcher's merge exchange (Knuth, The Art of Computer Programming 3, 5.2.2 M), for any number of values.
/// </summary>
internal static class SortingNetwork
{
    /// <summary>The pairs (i, j), i &lt; j, to be put in order one after the other; two entries a pair.</summary>
    public static ushort[] Pairs(int count)
    {
        var pairs = new List<ushort>();
        int top = 1;
        while (top * 2 < count)
        {
            top *= 2;
        }
        for (int p = count > 1 ? top : 0; p > 0; p /= 2)
        {
            int q = top;
            int r = 0;
            int d = p;
            while (true)
            {
                for (int i = 0; i < count - d; i++)
                {
                    if ((i & p) == r)
                    {
                        pairs.Add((ushort)i);
                        pairs.Add((ushort)(i + d));
                    }
                }
                if (q == p)
                {
                    break;
                }
                d = q - p;
                q /= 2;
                r = p;
            }
        }
        return [.. pairs];
    }

    /// <summary>Sorts each lane upwards. Values must not be NaN.</summary>
    public static void Sort<T>(Span<Vector512<T>> values, ReadOnlySpan<ushort> pairs)
    {
        ref Vector512<T> head = ref MemoryMarshal.GetReference(values);
        for (int k = 0; k + 1 < pairs.Length; k += 2)
        {
            Order(ref Unsafe.Add(ref head, pairs[k]), ref Unsafe.Add(ref head, pairs[k + 1]));
        }
    }

    /// <summary>Sorts each lane upwards into another place, or the same.</summary>
    public static void Sort<T>(ReadOnlySpan<Vector512<T>> values, Span<Vector512<T>> sorted, ReadOnlySpan<ushort> pairs)
    {
        if (values.Length <= SmallSortingNetwork.MostValues)
        {
            SmallSortingNetwork.Sort(values, sorted);
            return;
        }
        values.CopyTo(sorted);
        Sort(sorted, pairs);
    }

    /// <summary>Puts two vectors in order, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Order<T>(ref Vector512<T> low, ref Vector512<T> high)
    {
        Vector512<T> a = low;
        Vector512<T> b = high;
        low = StackLanes.Smaller(a, b);
        high = StackLanes.Larger(b, a);
    }
}
