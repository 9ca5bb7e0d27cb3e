using System.Runtime.Intrinsics;

namespace Albireo.Science.Numerics;

/// <summary>Least and greatest value, in one pass.</summary>
public static class Extremes
{
    /// <summary>Least and greatest of some values.</summary>
    /// <param name="values">At least one; where one is NaN, so are both results. −0 is less than +0.</param>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static (float Least, float Greatest) Of(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("No value has no extremes.", nameof(values));
        }
        (float least, float greatest) = (values[0], values[0]);
        int i = 0;
        if (values.Length >= Vector512<float>.Count)
        {
            (Vector512<float> low, Vector512<float> high) = (Vector512.Create(least), Vector512.Create(greatest));
            for (; i <= values.Length - Vector512<float>.Count; i += Vector512<float>.Count)
            {
                var lane = Vector512.Create(values[i..]);
                low = Vector512.Min(low, lane);
                high = Vector512.Max(high, lane);
            }
            for (int k = 0; k < Vector512<float>.Count; k++)
            {
                least = Math.Min(least, low[k]);
                greatest = Math.Max(greatest, high[k]);
            }
        }
        for (; i < values.Length; i++)
        {
            least = Math.Min(least, values[i]);
            greatest = Math.Max(greatest, values[i]);
        }
        return (least, greatest);
    }
}
