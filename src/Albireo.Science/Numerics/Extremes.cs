using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Albireo.Science.Numerics;

/// <summary>The least and the greatest of many values.</summary>
public static class Extremes
{
    /// <summary>Both in one visit; NaN where any value is NaN, (+∞, −∞) of none.</summary>
    /// <param name="values">In any order; 0 is greater than −0.</param>
    public static (float Least, float Greatest) Of(ReadOnlySpan<float> values)
    {
        ReadOnlySpan<Vector512<float>> lanes = MemoryMarshal.Cast<float, Vector512<float>>(values);
        Vector512<float> low = Vector512.Create(float.PositiveInfinity);
        Vector512<float> high = Vector512.Create(float.NegativeInfinity);
        foreach (Vector512<float> lane in lanes)
        {
            low = Vector512.Min(low, lane);
            high = Vector512.Max(high, lane);
        }
        (float least, float greatest) = (float.PositiveInfinity, float.NegativeInfinity);
        for (int i = 0; i < Vector512<float>.Count; i++)
        {
            (least, greatest) = (MathF.Min(least, low[i]), MathF.Max(greatest, high[i]));
        }
        foreach (float value in values[(lanes.Length * Vector512<float>.Count)..])
        {
            (least, greatest) = (MathF.Min(least, value), MathF.Max(greatest, value));
        }
        return (least, greatest);
    }
}
