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
        Vector512<T> sigma = efficiency is null ? variance : Uncertainty(valid, variance);
        Vector256<ushort> counts = Counts(number);
        for (int k = 0; k < pixels.Length; k++)
        {
            result[pixels[k]] = value[k];
            if (efficiency is not null)
            {
                uncertainty[pixels[k]] = sigma[k];
            }
            if (!used.IsEmpty)
            {
                used[pixels[k]] = counts[k];
            }
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

    private static Vector256<ushort> Counts(Vector512<T> number)
    {
        Vector512<float> few = typeof(T) == typeof(float) ? number.AsSingle() : Vector512.Narrow(number.AsDouble(), Vector512<double>.Zero);
        Vector512<uint> whole = Vector512.ConvertToUInt32Native(few);
        return Vector512.Narrow(whole, whole).GetLower();
    }

    private static void Store(Vector512<T> values, Span<T> target)
    {
        if (target.Length == Vector512<T>.Count)
        {
            values.CopyTo(target);
            return;
        }
        for (int k = 0; k < target.Length; k++)
        {
            target[k] = values[k];
        }
    }

    private static void Store(Vector256<ushort> values, Span<ushort> target)
    {
        if (target.Length == Vector256<ushort>.Count)
        {
            values.CopyTo(target);
            return;
        }
        for (int k = 0; k < target.Length; k++)
        {
            target[k] = values[k];
        }
    }
}
