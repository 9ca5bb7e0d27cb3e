using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Albireo.Science.Numerics;

/// <summary>Floats to doubles.</summary>
internal static class Widening
{
    /// <summary>Each value as a double.</summary>
    public static void Copy(ReadOnlySpan<float> values, Span<double> destination)
    {
        Require.SameLength(values.Length, destination.Length);
        ref float first = ref MemoryMarshal.GetReference(values);
        int i = 0;
        for (; i <= values.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            (Vector512<double> low, Vector512<double> high) = Vector512.Widen(Vector512.LoadUnsafe(ref first, (nuint)i));
            low.CopyTo(destination[i..]);
            high.CopyTo(destination[(i + 8)..]);
        }
        for (; i < values.Length; i++)
        {
            destination[i] = values[i];
        }
    }

    /// <summary>The square of each value, computed in double.</summary>
    public static void CopySquares(ReadOnlySpan<float> values, Span<double> destination)
    {
        Require.SameLength(values.Length, destination.Length);
        ref float first = ref MemoryMarshal.GetReference(values);
        int i = 0;
        for (; i <= values.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            (Vector512<double> low, Vector512<double> high) = Vector512.Widen(Vector512.LoadUnsafe(ref first, (nuint)i));
            (low * low).CopyTo(destination[i..]);
            (high * high).CopyTo(destination[(i + 8)..]);
        }
        for (; i < values.Length; i++)
        {
            destination[i] = (double)values[i] * values[i];
        }
    }
}
