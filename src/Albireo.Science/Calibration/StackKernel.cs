using System.Numerics;
using System.Runtime.Intrinsics;

namespace Albireo.Science.Calibration;

/// <summary>
/// Combines the stacks of 16 pixels (8 in double precision) at once; every lane is one pixel and never sees its neighbours, so the
/// result does not depend on the width of the processor's vectors.
/// </summary>
internal sealed class StackKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
{
    private readonly StackOptions options;
    private readonly int frames;
    private readonly bool mustSort;
    private readonly ushort[] pairs;
    private readonly T[] weights;
    private readonly StackVariance<T>? noise;
    private readonly AlignedBuffer<T> work;
    private readonly T[] reaches;

    public StackKernel(int frames, StackOptions options, StackTerms terms)
    {
        this.options = options;
        this.frames = frames;
        noise = terms.Noise is { } model ? new StackVariance<T>(frames, options, terms, model) : null;
        weights = [.. terms.Weights.Select(T.CreateTruncating)];
        bool clips = options.Method == StackMethod.ClippedMean;
        mustSort =
            options.Method is StackMethod.Median or StackMethod.MinMaxMean or StackMethod.WinsorisedMean
            || (clips && (options.Spread == StackSpread.Mad || options.Center == StackCenter.Median));
        pairs = mustSort ? SortingNetwork.Pairs(frames) : [];
        work = new AlignedBuffer<T>(frames);
        reaches = noise is null ? [.. Enumerable.Range(0, frames + 1).Select(n => T.CreateTruncating(StackOutliers.Reach(n)))] : [];
    }

    /// <summary>One block of pixels.</summary>
    /// <param name="values">One vector a frame, scaled; NaN and infinities are left out.</param>
    /// <param name="valid">How many values each pixel has.</param>
    /// <param name="used">How many of them the result rests on.</param>
    /// <param name="variance">Of the result as if it were a plain mean of what is used; NaN where it cannot be told.</param>
    public Vector512<T> Combine(ReadOnlySpan<Vector512<T>> values, out Vector512<T> valid, out Vector512<T> used, out Vector512<T> variance)
    {
        Span<Vector512<T>> sorted = work.Vectors;
        valid = Defined(values, sorted);
        if (mustSort)
        {
            SortingNetwork.Sort(sorted, sorted, pairs);
        }
        var limits = new StackLimits<T>(Vector512.Create(T.MinValue), Vector512.Create(T.MaxValue), Vector512<T>.Zero, valid);
        Vector512<T> result;
        switch (options.Method)
        {
            case StackMethod.Median:
                result = StackMedian.Of(sorted, limits.Below, valid);
                used = valid;
                Mean(values, sorted, limits, result, out _, out variance);
                break;
            case StackMethod.MinMaxMean:
                result = WithoutExtremes(sorted, valid, out used, out variance);
                break;
            default:
                Vector512<T> pivot = options.Method switch
                {
                    StackMethod.ClippedMean => Clip(sorted, ref limits),
                    StackMethod.WinsorisedMean => ClipWinsorised(sorted, ref limits),
                    _ => Moments(sorted, limits, RoughMean(sorted, limits)).Mean,
                };
                result = Mean(values, sorted, limits, pivot, out used, out variance);
                break;
        }
        if (noise is not null)
        {
            variance = noise.Of(values, limits, result, used);
        }
        else if (!Vector512.EqualsAll(used, valid))
        {
            variance = WithDoubtful(values, limits, result, used, variance);
        }
        Vector512<T> nothing = Vector512.Equals(used, Vector512<T>.Zero);
        variance = Vector512.ConditionalSelect(nothing, Vector512.Create(T.NaN), variance);
        return Vector512.ConditionalSelect(nothing, Vector512.Create(T.NaN), result);
    }

    /// <summary>Copies the values with +∞ for undefined ones (they sort to the end); returns the number of defined ones.</summary>
    private static Vector512<T> Defined(ReadOnlySpan<Vector512<T>> values, Span<Vector512<T>> copy)
    {
        var infinity = Vector512.Create(T.PositiveInfinity);
        Vector512<T> count = Vector512<T>.Zero;
        for (int k = 0; k < values.Length; k++)
        {
            Vector512<T> v = values[k];
            Vector512<T> defined = Vector512.LessThan(Vector512.Abs(v), infinity);
            count += StackLanes.One(defined);
            copy[k] = Vector512.ConditionalSelect(defined, v, infinity);
        }
        return count;
    }

    private Vector512<T> Clip(Span<Vector512<T>> sorted, ref StackLimits<T> limits)
    {
        var low = StackLanes.Of<T>(options.SigmaLow);
        var high = StackLanes.Of<T>(options.SigmaHigh);
        var least = StackLanes.Of<T>(options.MinimumSpread);
        bool byMedian = options.Center == StackCenter.Median;
        Vector512<T> centre = Vector512<T>.Zero;
        for (int i = 0; i < options.Iterations; i++)
        {
            Vector512<T> median = mustSort ? StackMedian.Of(sorted, limits.Below, limits.Count) : Vector512<T>.Zero;
            Vector512<T> spread;
            if (options.Spread == StackSpread.Mad)
            {
                spread = StackDeviation.OfMedian(sorted, limits, median);
                centre = byMedian ? median : Moments(sorted, limits, median).Mean;
            }
            else
            {
                (Vector512<T> mean, Vector512<T> squares) = Moments(sorted, limits, mustSort ? median : RoughMean(sorted, limits));
                spread = Vector512.Sqrt(squares / limits.Count);
                centre = byMedian ? median : mean;
            }
            spread = StackLanes.Larger(spread, least);
            Vector512<T> from = centre - (low * spread);
            Vector512<T> to = centre + (high * spread);
            if (!(mustSort ? limits.NarrowSorted(sorted, from, to, out limits) : limits.Narrow(sorted, from, to, out limits)))
            {
                break;
            }
        }
        return centre;
    }

    private Vector512<T> ClipWinsorised(Span<Vector512<T>> sorted, ref StackLimits<T> limits)
    {
        var low = StackLanes.Of<T>(options.SigmaLow);
        var high = StackLanes.Of<T>(options.SigmaHigh);
        var least = StackLanes.Of<T>(options.MinimumSpread);
        Vector512<T> median = Vector512<T>.Zero;
        for (int i = 0; i < options.Iterations; i++)
        {
            median = StackMedian.Of(sorted, limits.Below, limits.Count);
            Vector512<T> spread = StackLanes.Larger(WinsorisedDeviation(sorted, limits, median), least);
            if (!limits.NarrowSorted(sorted, median - (low * spread), median + (high * spread), out limits))
            {
                break;
            }
        }
        return median;
    }

    /// <summary>Huber's way: values pulled in to 1.5 σ of the median, σ = 1.134 × their standard deviation, until it stands.</summary>
    private static Vector512<T> WinsorisedDeviation(ReadOnlySpan<Vector512<T>> sorted, in StackLimits<T> limits, Vector512<T> median)
    {
        var reach = StackLanes.Of<T>(1.5);
        var correction = StackLanes.Of<T>(1.134);
        var tolerance = StackLanes.Of<T>(0.0005);
        Vector512<T> fewer = limits.Count - Vector512<T>.One;
        Vector512<T> spread = Vector512.Sqrt(Moments(sorted, limits, median).Squares / fewer);
        Vector512<T> done = Vector512<T>.Zero;
        for (int round = 0; round < 500; round++)
        {
            Vector512<T> pull = reach * spread;
            Vector512<T> sum = Vector512<T>.Zero;
            Vector512<T> squares = Vector512<T>.Zero;
            for (int k = 0; k < sorted.Length; k++)
            {
                Vector512<T> v = sorted[k];
                Vector512<T> d = v - median;
                d = Vector512.ConditionalSelect(Vector512.GreaterThan(d, pull), pull, d);
                d = Vector512.ConditionalSelect(Vector512.LessThan(d, -pull), -pull, d);
                d = Vector512.ConditionalSelect(limits.Holds(v), d, Vector512<T>.Zero);
                sum += d;
                squares += d * d;
            }
            Vector512<T> next = correction * Vector512.Sqrt((squares - (sum * sum / limits.Count)) / fewer);
            Vector512<T> change = Vector512.Abs(next - spread);
            Vector512<T> stands = ~Vector512.GreaterThan(change, tolerance * spread);
            spread = Vector512.ConditionalSelect(done, spread, next);
            done |= stands;
            if (done == Vector512<T>.AllBitsSet || Vector512.EqualsAll(done.AsByte(), Vector512<byte>.AllBitsSet))
            {
                break;
            }
        }
        return spread;
    }

    private Vector512<T> WithoutExtremes(
        ReadOnlySpan<Vector512<T>> sorted,
        Vector512<T> valid,
        out Vector512<T> used,
        out Vector512<T> variance
    )
    {
        Vector512<T> below = StackLanes.Floor(valid * StackLanes.Of<T>((double)options.RejectLowest / frames));
        Vector512<T> above = StackLanes.Floor(valid * StackLanes.Of<T>((double)options.RejectHighest / frames));
        used = valid - below - above;
        Vector512<T> pivot = StackMedian.Of(sorted, Vector512<T>.Zero, valid);
        Vector512<T> end = valid - above;
        Vector512<T> sum = Vector512<T>.Zero;
        Vector512<T> squares = Vector512<T>.Zero;
        for (int k = 0; k < sorted.Length; k++)
        {
            var index = StackLanes.Of<T>(k);
            Vector512<T> inside = Vector512.GreaterThanOrEqual(index, below) & Vector512.LessThan(index, end);
            Vector512<T> d = Vector512.ConditionalSelect(inside, sorted[k] - pivot, Vector512<T>.Zero);
            sum += d;
            squares += d * d;
        }
        variance = (squares - (sum * sum / used)) / ((used - Vector512<T>.One) * used);
        return pivot + (sum / used);
    }

    /// <summary>Mean of the values inside the limits, as a correction to a value close to it: so no digits are lost.</summary>
    private Vector512<T> Mean(
        ReadOnlySpan<Vector512<T>> values,
        ReadOnlySpan<Vector512<T>> unweighted,
        in StackLimits<T> limits,
        Vector512<T> pivot,
        out Vector512<T> used,
        out Vector512<T> variance
    )
    {
        Vector512<T> count = Vector512<T>.Zero;
        Vector512<T> total = Vector512<T>.Zero;
        Vector512<T> sum = Vector512<T>.Zero;
        Vector512<T> squares = Vector512<T>.Zero;
        bool weighted = weights.Length > 0 && options.Method != StackMethod.Median;
        ReadOnlySpan<Vector512<T>> source = weighted ? values : unweighted;
        Vector512<T> low = limits.Low;
        Vector512<T> high = limits.High;
        for (int k = 0; k < source.Length; k++)
        {
            Vector512<T> inside = Vector512.GreaterThanOrEqual(source[k], low) & Vector512.LessThanOrEqual(source[k], high);
            Vector512<T> d = Vector512.ConditionalSelect(inside, source[k] - pivot, Vector512<T>.Zero);
            Vector512<T> one = StackLanes.One(inside);
            count += one;
            if (weighted)
            {
                var weight = Vector512.Create(weights[k]);
                total += weight * one;
                sum += weight * d;
                squares += weight * d * d;
            }
            else
            {
                sum += d;
                squares += d * d;
            }
        }
        total = weighted ? total : count;
        used = count;
        variance = (squares - (sum * sum / total)) / ((count - Vector512<T>.One) * total);
        return pivot + (sum / total);
    }

    /// <summary>Where values were left out: the variance with those in it that nobody can tell to be outliers (<see cref="StackOutliers"/>).</summary>
    private Vector512<T> WithDoubtful(
        ReadOnlySpan<Vector512<T>> values,
        in StackLimits<T> limits,
        Vector512<T> result,
        Vector512<T> used,
        Vector512<T> variance
    )
    {
        bool keepsAll = options.Method == StackMethod.MinMaxMean; // its limits are numbers of values
        bool weighted = weights.Length > 0 && !keepsAll;
        Vector512<T> square = variance * used;
        Vector512<T> mean = result;
        Vector512<T> known = used;
        for (int round = 0; round < StackOutliers.Rounds; round++)
        {
            Vector512<T> reach = StackOutliers.Reaches<T>(reaches, known) * Vector512.Sqrt(StackLanes.Larger(square, Vector512<T>.Zero));
            Vector512<T> low = mean - reach;
            Vector512<T> high = mean + reach;
            Vector512<T> count = Vector512<T>.Zero;
            Vector512<T> total = Vector512<T>.Zero;
            Vector512<T> sum = Vector512<T>.Zero;
            Vector512<T> squares = Vector512<T>.Zero;
            for (int k = 0; k < values.Length; k++)
            {
                Vector512<T> inside = Vector512.GreaterThanOrEqual(values[k], low) & Vector512.LessThanOrEqual(values[k], high);
                inside = keepsAll ? inside : inside | limits.Holds(values[k]);
                Vector512<T> d = Vector512.ConditionalSelect(inside, values[k] - result, Vector512<T>.Zero);
                Vector512<T> weight = weighted ? Vector512.Create(weights[k]) : Vector512<T>.One;
                Vector512<T> one = StackLanes.One(inside);
                count += one;
                total += weight * one;
                sum += weight * d;
                squares += weight * d * d;
            }
            Vector512<T> more = Vector512.GreaterThan(count, known);
            if (StackLanes.None(more))
            {
                break;
            }
            Vector512<T> shift = sum / total;
            Vector512<T> all = (squares - (sum * shift)) / ((count - Vector512<T>.One) * total) * count;
            square = Vector512.ConditionalSelect(more, all, square);
            mean = Vector512.ConditionalSelect(more, result + shift, mean);
            known = Vector512.ConditionalSelect(more, count, known);
        }
        return Vector512.ConditionalSelect(Vector512.GreaterThan(known, used), square / used, variance);
    }

    /// <summary>Sum of the values inside the limits over their number; good enough to be a pivot.</summary>
    private static Vector512<T> RoughMean(ReadOnlySpan<Vector512<T>> values, in StackLimits<T> limits)
    {
        Vector512<T> sum = Vector512<T>.Zero;
        for (int k = 0; k < values.Length; k++)
        {
            sum += Vector512.ConditionalSelect(limits.Holds(values[k]), values[k], Vector512<T>.Zero);
        }
        return sum / limits.Count;
    }

    /// <summary>Mean, and sum of squared deviations from it, of the values inside the limits.</summary>
    private static (Vector512<T> Mean, Vector512<T> Squares) Moments(
        ReadOnlySpan<Vector512<T>> values,
        in StackLimits<T> limits,
        Vector512<T> pivot
    )
    {
        Vector512<T> sum = Vector512<T>.Zero;
        Vector512<T> squares = Vector512<T>.Zero;
        for (int k = 0; k < values.Length; k++)
        {
            Vector512<T> d = Vector512.ConditionalSelect(limits.Holds(values[k]), values[k] - pivot, Vector512<T>.Zero);
            sum += d;
            squares += d * d;
        }
        Vector512<T> shift = sum / limits.Count;
        return (pivot + shift, StackLanes.Larger(squares - (sum * shift), Vector512<T>.Zero));
    }
}
