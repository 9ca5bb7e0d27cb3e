using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Albireo.Science.Calibration;

/// <summary>
/// What is still in after clipping, for each of 16 pixels: values from Low to High, Count of them; Below counts the sorted values under Low.
/// </summary>
internal readonly struct StackLimits<T>(Vector512<T> low, Vector512<T> high, Vector512<T> below, Vector512<T> count)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
{
    /// <summary>Up to here all values are looked at: that costs less than branches on how many fall out.</summary>
    private const int Few = 16;

    public Vector512<T> Low { get; } = low;
    public Vector512<T> High { get; } = high;
    public Vector512<T> Below { get; } = below;
    public Vector512<T> Count { get; } = count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Holds(Vector512<T> v) => Vector512.GreaterThanOrEqual(v, Low) & Vector512.LessThanOrEqual(v, High);

    /// <summary>Moves the limits inwards, except where that would leave nothing; false when no pixel loses a value.</summary>
    public bool Narrow(ReadOnlySpan<Vector512<T>> values, Vector512<T> low, Vector512<T> high, out StackLimits<T> next)
    {
        (low, high) = Inside(low, high);
        Vector512<T> inside = Vector512<T>.Zero;
        for (int k = 0; k < values.Length; k++)
        {
            Vector512<T> v = values[k];
            inside += StackLanes.One(Vector512.GreaterThanOrEqual(v, low) & Vector512.LessThanOrEqual(v, high));
        }
        return Take(low, high, Vector512<T>.Zero, inside, out next);
    }

    /// <summary>The same for sorted values; what falls out becomes −∞ below and +∞ above.</summary>
    public bool NarrowSorted(Span<Vector512<T>> sorted, Vector512<T> low, Vector512<T> high, out StackLimits<T> next)
    {
        (low, high) = Inside(low, high);
        return sorted.Length <= Few ? NarrowFew(sorted, low, high, out next) : NarrowEnds(sorted, low, high, out next);
    }

    private bool NarrowFew(Span<Vector512<T>> sorted, Vector512<T> low, Vector512<T> high, out StackLimits<T> next)
    {
        Vector512<T> under = Vector512<T>.Zero;
        Vector512<T> over = Vector512<T>.Zero;
        foreach (Vector512<T> v in sorted)
        {
            under += StackLanes.One(Vector512.LessThan(v, low));
            over += StackLanes.One(Vector512.GreaterThan(v, high));
        }
        if (!Take(low, high, under, StackLanes.Of<T>(sorted.Length) - under - over, out next))
        {
            return false;
        }
        low = next.Low;
        high = next.High;
        foreach (ref Vector512<T> v in sorted)
        {
            Vector512<T> kept = Vector512.ConditionalSelect(Vector512.LessThan(v, low), StackLanes.Of<T>(double.NegativeInfinity), v);
            v = Vector512.ConditionalSelect(Vector512.GreaterThan(v, high), StackLanes.Of<T>(double.PositiveInfinity), kept);
        }
        return true;
    }

    /// <summary>Of many values only the ends need a look.</summary>
    private bool NarrowEnds(Span<Vector512<T>> sorted, Vector512<T> low, Vector512<T> high, out StackLimits<T> next)
    {
        Vector512<T> under = Vector512<T>.Zero;
        int bottom = 0;
        for (; bottom < sorted.Length; bottom++)
        {
            Vector512<T> outside = Vector512.LessThan(sorted[bottom], low);
            if (StackLanes.None(outside))
            {
                break;
            }
            under += StackLanes.One(outside);
        }
        Vector512<T> over = Vector512<T>.Zero;
        int top = sorted.Length;
        for (; top > 0; top--)
        {
            Vector512<T> outside = Vector512.GreaterThan(sorted[top - 1], high);
            if (StackLanes.None(outside))
            {
                break;
            }
            over += StackLanes.One(outside);
        }
        if (!Take(low, high, under, StackLanes.Of<T>(sorted.Length) - under - over, out next))
        {
            return false;
        }
        for (int k = 0; k < bottom; k++)
        {
            sorted[k] = Vector512.ConditionalSelect(
                Vector512.LessThan(sorted[k], next.Low),
                Vector512.Create(T.NegativeInfinity),
                sorted[k]
            );
        }
        for (int k = top; k < sorted.Length; k++)
        {
            sorted[k] = Vector512.ConditionalSelect(
                Vector512.GreaterThan(sorted[k], next.High),
                Vector512.Create(T.PositiveInfinity),
                sorted[k]
            );
        }
        return true;
    }

    private (Vector512<T> Low, Vector512<T> High) Inside(Vector512<T> low, Vector512<T> high) =>
        (
            Vector512.ConditionalSelect(Vector512.GreaterThan(low, Low), low, Low),
            Vector512.ConditionalSelect(Vector512.LessThan(high, High), high, High)
        );

    private bool Take(Vector512<T> low, Vector512<T> high, Vector512<T> below, Vector512<T> inside, out StackLimits<T> next)
    {
        Vector512<T> empty = Vector512.Equals(inside, Vector512<T>.Zero);
        inside = Vector512.ConditionalSelect(empty, Count, inside);
        if (Vector512.EqualsAll(inside, Count))
        {
            next = this;
            return false;
        }
        next = new StackLimits<T>(
            Vector512.ConditionalSelect(empty, Low, low),
            Vector512.ConditionalSelect(empty, High, high),
            Vector512.ConditionalSelect(empty, Below, below),
            inside
        );
        return true;
    }
}
