using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Albireo.Science.Calibration;

/// <summary>
/// The first round of clipping by the median and its absolute deviation, for 16 pixels (8 in double precision) of which most have and
/// keep all their values. These are done with it: what <see cref="StackKernel{T}"/> makes of them, to the bit, without a branch that hangs
/// on the values. Pixels that lose or lack a value are told to the caller.
/// </summary>
internal sealed class StackFirstRound<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
{
    /// <summary>Of more frames so many pixels lose a value that a round of their own does not pay.</summary>
    private const int MostFrames = 32;

    /// <summary>Up to here two values are equal so often that the branch on it costs more than it spares.</summary>
    private const int FewFrames = 4;

    private readonly int frames;
    private readonly ushort[] pairs;
    private readonly Vector512<T> sigmaLow;
    private readonly Vector512<T> sigmaHigh;
    private readonly Vector512<T> leastSpread;
    private readonly T[] weights;
    private readonly T totalWeight;
    private readonly StackVariance<T>? noise;
    private readonly AlignedBuffer<T> work;

    private StackFirstRound(int frames, StackOptions options, StackTerms terms)
    {
        this.frames = frames;
        pairs = SortingNetwork.Pairs(frames);
        sigmaLow = StackLanes.Of<T>(options.SigmaLow);
        sigmaHigh = StackLanes.Of<T>(options.SigmaHigh);
        leastSpread = StackLanes.Of<T>(options.MinimumSpread);
        weights = [.. terms.Weights.Select(T.CreateTruncating)];
        totalWeight = T.CreateTruncating(frames);
        if (weights.Length > 0)
        {
            totalWeight = weights.Aggregate(T.Zero, (sum, weight) => sum + weight);
        }
        noise = terms.Noise is { } model ? new StackVariance<T>(frames, options, terms, model) : null;
        work = new AlignedBuffer<T>(frames);
    }

    /// <summary>For stacks that gain by it; else null.</summary>
    public static StackFirstRound<T>? For(int frames, StackOptions options, StackTerms terms) =>
        options is { Method: StackMethod.ClippedMean, Center: StackCenter.Median, Spread: StackSpread.Mad } && frames <= MostFrames
            ? new StackFirstRound<T>(frames, options, terms)
            : null;

    /// <summary>One block of pixels.</summary>
    /// <param name="values">One vector a frame, scaled.</param>
    /// <param name="result">Mean of all values.</param>
    /// <param name="variance">As <see cref="StackKernel{T}.Combine"/> gives it.</param>
    /// <returns>Set for the pixels whose result and variance hold; the others have an undefined value or lose one.</returns>
    public Vector512<T> Combine(ReadOnlySpan<Vector512<T>> values, out Vector512<T> result, out Vector512<T> variance)
    {
        Span<Vector512<T>> sorted = work.Vectors[..values.Length];
        SortingNetwork.Sort(values, sorted, pairs);
        Vector512<T> median = (sorted[(frames - 1) / 2] + sorted[frames / 2]) * StackLanes.Of<T>(0.5);
        Vector512<T> spread = StackLanes.Larger(Spread(sorted, median), leastSpread);
        Vector512<T> lost =
            Vector512.LessThan(sorted[0], median - (sigmaLow * spread))
            | Vector512.GreaterThan(sorted[frames - 1], median + (sigmaHigh * spread));
        result = Mean(weights.Length > 0 ? values : sorted, median, out variance);
        if (noise is not null)
        {
            variance = noise.OfAll(result);
        }
        return Vector512.AndNot(Defined(values), lost);
    }

    /// <summary>Set where no value is NaN or infinite: these are not 0 when taken from themselves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Defined(ReadOnlySpan<Vector512<T>> values)
    {
        Vector512<T> nothing = Vector512<T>.Zero;
        foreach (Vector512<T> v in values)
        {
            nothing += v - v;
        }
        return Vector512.Equals(nothing, Vector512<T>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<T> Spread(ReadOnlySpan<Vector512<T>> sorted, Vector512<T> median)
    {
        Vector512<T> first = StackDeviation.LeastReach(sorted, median, (frames - 1) / 2);
        Vector512<T> second = (frames & 1) == 1 ? first : StackDeviation.LeastReach(sorted, median, frames / 2);
        Vector512<T> mad = (first + second) * StackLanes.Of<T>(0.5) * StackLanes.Of<T>(StackDeviation.MadToSigma);
        Vector512<T> zero = Vector512.Equals(mad, Vector512<T>.Zero);
        if (frames > FewFrames && StackLanes.None(zero))
        {
            return mad;
        }
        Vector512<T> sum = Vector512<T>.Zero;
        foreach (Vector512<T> v in sorted)
        {
            sum += Vector512.Abs(v - median);
        }
        Vector512<T> mean = sum / StackLanes.Of<T>(frames);
        return Vector512.ConditionalSelect(zero, mean * StackLanes.Of<T>(StackDeviation.MeanDeviationToSigma), mad);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<T> Mean(ReadOnlySpan<Vector512<T>> values, Vector512<T> pivot, out Vector512<T> variance)
    {
        Vector512<T> sum = Vector512<T>.Zero;
        Vector512<T> squares = Vector512<T>.Zero;
        if (weights.Length > 0)
        {
            ref T weight = ref MemoryMarshal.GetArrayDataReference(weights);
            for (int k = 0; k < values.Length; k++)
            {
                Vector512<T> d = values[k] - pivot;
                Vector512<T> weighted = Vector512.Create(Unsafe.Add(ref weight, k)) * d;
                sum += weighted;
                squares += weighted * d;
            }
        }
        else
        {
            foreach (Vector512<T> v in values)
            {
                Vector512<T> d = v - pivot;
                sum += d;
                squares += d * d;
            }
        }
        var total = Vector512.Create(totalWeight);
        Vector512<T> correction = sum / total;
        variance = noise is null ? (squares - (sum * sum / total)) / (StackLanes.Of<T>(frames - 1) * total) : Vector512<T>.Zero;
        return pivot + correction;
    }
}
