using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Albireo.Science.Calibration;

/// <summary>
/// The pairs of <see cref="SortingNetwork.Pairs"/> for up to nine values, written out: between reading and writing they stay in registers.
/// The pairs of fewer values are those of nine without the values that are not there.
/// </summary>
internal static class SmallSortingNetwork
{
    public const int MostValues = 9;

    /// <summary>Sorts each lane upwards. Values must not be NaN.</summary>
    public static void Sort<T>(ReadOnlySpan<Vector512<T>> values, Span<Vector512<T>> sorted)
    {
        ref Vector512<T> from = ref MemoryMarshal.GetReference(values);
        ref Vector512<T> to = ref MemoryMarshal.GetReference(sorted[..values.Length]);
        switch (values.Length)
        {
            case 1:
                Sort(ref from, ref to, 1);
                break;
            case 2:
                Sort(ref from, ref to, 2);
                break;
            case 3:
                Sort(ref from, ref to, 3);
                break;
            case 4:
                Sort(ref from, ref to, 4);
                break;
            case 5:
                Sort(ref from, ref to, 5);
                break;
            case 6:
                Sort(ref from, ref to, 6);
                break;
            case 7:
                Sort(ref from, ref to, 7);
                break;
            case 8:
                Sort(ref from, ref to, 8);
                break;
            case 9:
                Sort(ref from, ref to, 9);
                break;
            default:
                throw new ArgumentException($"{values.Length} values; at most {MostValues} expected.", nameof(values));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sort<T>(ref Vector512<T> from, ref Vector512<T> to, [ConstantExpected] int n)
    {
        Vector512<T> a = from;
        Vector512<T> b = n > 1 ? Unsafe.Add(ref from, 1) : default;
        Vector512<T> c = n > 2 ? Unsafe.Add(ref from, 2) : default;
        Vector512<T> d = n > 3 ? Unsafe.Add(ref from, 3) : default;
        Vector512<T> e = n > 4 ? Unsafe.Add(ref from, 4) : default;
        Vector512<T> f = n > 5 ? Unsafe.Add(ref from, 5) : default;
        Vector512<T> g = n > 6 ? Unsafe.Add(ref from, 6) : default;
        Vector512<T> h = n > 7 ? Unsafe.Add(ref from, 7) : default;
        Vector512<T> i = n > 8 ? Unsafe.Add(ref from, 8) : default;
        Order(ref a, ref i, n > 8);
        Order(ref a, ref e, n > 4);
        Order(ref b, ref f, n > 5);
        Order(ref c, ref g, n > 6);
        Order(ref d, ref h, n > 7);
        Order(ref e, ref i, n > 8);
        Order(ref a, ref c, n > 2);
        Order(ref b, ref d, n > 3);
        Order(ref e, ref g, n > 6);
        Order(ref f, ref h, n > 7);
        Order(ref c, ref i, n > 8);
        Order(ref c, ref e, n > 4);
        Order(ref d, ref f, n > 5);
        Order(ref g, ref i, n > 8);
        Order(ref a, ref b, n > 1);
        Order(ref c, ref d, n > 3);
        Order(ref e, ref f, n > 5);
        Order(ref g, ref h, n > 7);
        Order(ref b, ref i, n > 8);
        Order(ref b, ref e, n > 4);
        Order(ref d, ref g, n > 6);
        Order(ref f, ref i, n > 8);
        Order(ref b, ref c, n > 2);
        Order(ref d, ref e, n > 4);
        Order(ref f, ref g, n > 6);
        Order(ref h, ref i, n > 8);
        to = a;
        Put(ref to, 1, b, n > 1);
        Put(ref to, 2, c, n > 2);
        Put(ref to, 3, d, n > 3);
        Put(ref to, 4, e, n > 4);
        Put(ref to, 5, f, n > 5);
        Put(ref to, 6, g, n > 6);
        Put(ref to, 7, h, n > 7);
        Put(ref to, 8, i, n > 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Order<T>(ref Vector512<T> low, ref Vector512<T> high, bool there)
    {
        if (there)
        {
            SortingNetwork.Order(ref low, ref high);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<T>(ref Vector512<T> to, int k, Vector512<T> value, bool there)
    {
        if (there)
        {
            Unsafe.Add(ref to, k) = value;
        }
    }
}
