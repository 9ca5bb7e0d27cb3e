using System.Numerics;
using System.Runtime.Intrinsics;

namespace Albireo.Science.Calibration;

/// <summary>Where the pixels of a band go, 16 (8) at a time: results, their uncertainty and the numbers of values used.</summary>
internal ref struct StackOutput<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
{
    private readonly Span<T> result;
    private readonly Span<T> uncertainty;
    private readonly Span<ushort> used;
    private readonly int frames;
    private readonly StackEfficiency? efficiency;
    private Vector512<T> lastValid;
    private Vector512<T> factor;

    /// <summary>Uncertainty and numbers may be empty; they are not wanted then.</summary>
    public StackOutput(Span<T> result, Span<T> uncertainty, Span<ushort> used, int frames, StackOptions options, StackTerms terms)
    {
        this.result = result;
        this.uncertainty = uncertainty;
        this.used = used;
        this.frames = frames;
        efficiency = uncertainty.IsEmpty ? null : StackEfficiency.For(options, terms.Noise is not null);
        (lastValid, factor) = (Vector512<T>.Zero, Vector512<T>.One);
    }

    /// <summary>Pixels side by side, <paramref name="count"/> of them from <paramref name="at"/> on.</summary>
    public void Store(int at, int count, Vector512<T> value, Vector512<T> valid, Vector512<T> number, Vector512<T> variance)
    {
        Store(value, result.Slice(at, count));
        if (efficiency is not null)
        {
            Store(Uncertainty(valid, variance), uncertainty.Slice(at, count));
        }
        if (!used.IsEmpty)
        {
            Store(Counts(number), used.Slice(at, count));
        }
    }

    /// <summary>Single pixels.</summary>
    public void Store(ReadOnlySpan<int> pixels, Vector512<T> value, Vector512<T> valid, Vector512<T> number, Vector512<T> variance)
    {
        Span<T> lanes = stackalloc T[Vector512<T>.Count];
        value.CopyTo(lanes);
        Scatter<T>(lanes, pixels, result);
        if (efficiency is not null)
        {
            Uncertainty(valid, variance).CopyTo(lanes);
            Scatter<T>(lanes, pixels, uncertainty);
        }
        if (!used.IsEmpty)
        {
            Span<ushort> counts = stackalloc ushort[Vector256<ushort>.Count];
            Counts(number).CopyTo(counts);
            Scatter<ushort>(counts, pixels, used);
        }
    }

    private static void Scatter<TValue>(ReadOnlySpan<TValue> lanes, ReadOnlySpan<int> pixels, Span<TValue> target)
    {
        for (int k = 0; k < pixels.Length; k++)
        {
            target[pixels[k]] = lanes[k];
        }
    }

    private Vector512<T> Uncertainty(Vector512<T> valid, Vector512<T> variance)
    {
        if (!Vector512.EqualsAll(valid, lastValid))
        {
            (lastValid, factor) = (valid, efficiency!.Factors(valid, frames));
        }
        return Vector512.Sqrt(variance * factor);
    }

    /// <summary>Whole numbers below 65 536. Added to a power of two that has no room for a fraction they are its last bits.</summary>
    private static Vector256<ushort> Counts(Vector512<T> number)
    {
        Vector512<uint> whole =
            typeof(T) == typeof(float)
                ? (number.AsSingle() + Vector512.Create(8388608f)).AsUInt32()
                : Vector512.Narrow((number.AsDouble() + Vector512.Create(4503599627370496.0)).AsUInt64(), Vector512<ulong>.Zero);
        return Vector512.Narrow(whole, whole).GetLower();
    }

    private static void Store(Vector512<T> values, Span<T> target)
    {
        if (target.Length == Vector512<T>.Count)
        {
            values.CopyTo(target);
            return;
        }
        Span<T> lanes = stackalloc T[Vector512<T>.Count];
        values.CopyTo(lanes);
        lanes[..target.Length].CopyTo(target);
    }

    private static void Store(Vector256<ushort> values, Span<ushort> target)
    {
        if (target.Length == Vector256<ushort>.Count)
        {
            values.CopyTo(target);
            return;
        }
        Span<ushort> lanes = stackalloc ushort[Vector256<ushort>.Count];
        values.CopyTo(lanes);
        lanes[..target.Length].CopyTo(target);
    }
}
