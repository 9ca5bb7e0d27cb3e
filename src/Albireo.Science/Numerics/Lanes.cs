using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Albireo.Science.Numerics;

/// <summary>Sums over the lanes of a vector in one fixed order, so that every CPU gives the same bits.</summary>
internal static class Lanes
{
    /// <summary>((0+4)+(2+6)) + ((1+5)+(3+7)): the same tree whatever the width of the hardware.</summary>
    public static double Sum(Vector512<double> lanes)
    {
        Vector256<double> four = lanes.GetLower() + lanes.GetUpper();
        Vector128<double> two = four.GetLower() + four.GetUpper();
        return two.GetElement(0) + two.GetElement(1);
    }

    /// <summary>Σ aᵢ bᵢ in eight lanes.</summary>
    public static double Product(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Require.SameLength(a.Length, b.Length);
        ref double left = ref MemoryMarshal.GetReference(a);
        ref double right = ref MemoryMarshal.GetReference(b);
        Vector512<double> lanes = Vector512<double>.Zero;
        int i = 0;
        for (; i <= a.Length - Vector512<double>.Count; i += Vector512<double>.Count)
        {
            lanes += Vector512.LoadUnsafe(ref left, (nuint)i) * Vector512.LoadUnsafe(ref right, (nuint)i);
        }
        double sum = Sum(lanes);
        for (; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
