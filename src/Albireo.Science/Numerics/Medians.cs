using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Albireo.Science.Numerics;

/// <summary>Medians by selection, in linear time.</summary>
public static class Medians
{
    /// <summary>The median: the middle value, or the mean of the two middle ones for an even count.</summary>
    /// <param name="values">Reordered when it contains NaN. NaN is left out; infinities count as values.</param>
    /// <returns>NaN if there is no value but NaN.</returns>
    public static float Of(Span<float> values)
    {
        (float low, float high) = Middle(values);
        return low == high ? low : (float)(((double)low + high) / 2);
    }

    /// <inheritdoc cref="Of(Span{float})"/>
    public static double Of(Span<double> values)
    {
        (double low, double high) = Middle(values);
        return low == high ? low : low + ((high - low) / 2);
    }

    /// <summary>The one or two values in the middle; NaN if there is none.</summary>
    internal static (T Low, T High) Middle<T>(Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        ReadOnlySpan<T> known = values[..MoveNaNLast(values)];
        if (known.IsEmpty)
        {
            return (T.NaN, T.NaN);
        }
        (T value, T next) = Selection.Ranked(known, (known.Length - 1) / 2);
        return (value, known.Length % 2 == 0 ? next : value);
    }

    private static int MoveNaNLast<T>(Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = values.Length;
        for (int i = WithoutNaN<T>(values); i < count; )
        {
            if (T.IsNaN(values[i]))
            {
                (values[i], values[--count]) = (values[count], values[i]);
            }
            else
            {
                i++;
            }
        }
        return count;
    }

    /// <summary>How many of the first values are certainly not NaN: most often all but the last few.</summary>
    private static int WithoutNaN<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        int known = 0;
        foreach (Vector512<T> lane in MemoryMarshal.Cast<T, Vector512<T>>(values))
        {
            if (!Vector512.EqualsAll(lane, lane))
            {
                break;
            }
            known += Vector512<T>.Count;
        }
        return known;
    }
}
