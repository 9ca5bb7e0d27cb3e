using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Albireo.Science.Numerics;

namespace Albireo.Science.Calibration;

/// <summary>Combines frames pixel by pixel: masters from biases, darks and flats.</summary>
public static class Stacking
{
    /// <summary>Combines one band of several frames.</summary>
    /// <param name="frames">The same band of each frame, any unit; each at least <paramref name="length"/> long. NaN and ±∞ are undefined and left out.</param>
    /// <param name="length">Pixels in the band.</param>
    /// <param name="scales">Factor for each frame's values, or empty for 1.</param>
    /// <param name="options">How.</param>
    /// <param name="result">The combined values; NaN where no frame has one.</param>
    /// <param name="uncertainty">Standard deviation of the result from the scatter of the values, or empty; NaN where fewer than two are used.</param>
    /// <param name="used">How many values each result rests on, or empty.</param>
    /// <exception cref="ArgumentException">No frame, one that is too short, or numbers of scales that do not fit.</exception>
    public static void Combine(
        ReadOnlySpan<ReadOnlyMemory<float>> frames,
        int length,
        ReadOnlySpan<float> scales,
        StackOptions options,
        Span<float> result,
        Span<float> uncertainty,
        Span<ushort> used
    )
    {
        StackTerms terms = scales.IsEmpty ? StackTerms.None : new StackTerms { Scales = [.. scales.ToArray().Select(s => (double)s)] };
        Combine(frames, length, terms, options, result, uncertainty, used);
    }

    /// <inheritdoc cref="Combine{T}"/>
    public static void Combine(
        ReadOnlySpan<ReadOnlyMemory<float>> frames,
        int length,
        StackTerms terms,
        StackOptions options,
        Span<float> result,
        Span<float> uncertainty,
        Span<ushort> used
    ) => Combine<float>(frames, length, terms, options, result, uncertainty, used);

    /// <summary>Combines one band of several frames.</summary>
    /// <param name="frames">The same band of each frame, any unit; each at least <paramref name="length"/> long. NaN and ±∞ are undefined and left out.</param>
    /// <param name="length">Pixels in the band.</param>
    /// <param name="terms">Factors and weights of the frames, and their noise where it is known.</param>
    /// <param name="options">How.</param>
    /// <param name="result">The combined values; NaN where no frame has one.</param>
    /// <param name="uncertainty">
    /// Standard deviation of the result, or empty: from the noise model where terms has one, else from the scatter of the values used
    /// (NaN where these are fewer than two). It includes what a median or clipping loses against a mean (<see cref="StackEfficiency"/>).
    /// </param>
    /// <param name="used">How many values each result rests on, or empty.</param>
    /// <exception cref="ArgumentException">No frame, one that is too short, or numbers of scales or weights that do not fit.</exception>
    public static void Combine<T>(
        ReadOnlySpan<ReadOnlyMemory<T>> frames,
        int length,
        StackTerms terms,
        StackOptions options,
        Span<T> result,
        Span<T> uncertainty,
        Span<ushort> used
    )
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        Check(frames, length, terms, options);
        Require.SameLength(length, result.Length);
        Require.SameLength(uncertainty.IsEmpty ? 0 : length, uncertainty.Length);
        Require.SameLength(used.IsEmpty ? 0 : length, used.Length);
        T[] scales = [.. terms.Scales.Select(T.CreateTruncating)];
        var kernel = new StackKernel<T>(frames.Length, options, terms);
        var first = StackFirstRound<T>.For(frames.Length, options, terms);
        var aside = new StackAside<T>(frames.Length);
        var output = new StackOutput<T>(result, uncertainty, used, frames.Length, options, terms);
        int lanes = Vector512<T>.Count;
        // A visit fits into the first cache; but never fewer than 512 bytes of a frame, or memory is read in crumbs.
        int blocksPerVisit = Math.Max(8, 32768 / (frames.Length * 64));
        var gathered = new AlignedBuffer<T>(blocksPerVisit * frames.Length);
        Span<Vector512<T>> vectors = gathered.Vectors;
        for (int start = 0; start < length; start += blocksPerVisit * lanes)
        {
            int pixels = Math.Min(blocksPerVisit * lanes, length - start);
            for (int i = 0; i < frames.Length; i++)
            {
                Gather(frames[i].Span.Slice(start, pixels), scales.Length > 0 ? scales[i] : T.One, vectors, i, frames.Length);
            }
            for (int done = 0; done < pixels; done += lanes)
            {
                ReadOnlySpan<Vector512<T>> block = vectors.Slice(done / lanes * frames.Length, frames.Length);
                int count = Math.Min(lanes, pixels - done);
                if (first is null)
                {
                    Vector512<T> value = kernel.Combine(block, out Vector512<T> valid, out Vector512<T> number, out Vector512<T> variance);
                    output.Store(start + done, count, value, valid, number, variance);
                }
                else
                {
                    CombineBlock(block, start + done, count, first, aside, kernel, ref output);
                }
            }
        }
        Finish(aside, kernel, ref output);
    }

    /// <summary>Most pixels are done after one round; those that are not wait for others, and go through all rounds together.</summary>
    private static void CombineBlock<T>(
        ReadOnlySpan<Vector512<T>> block,
        int at,
        int count,
        StackFirstRound<T> first,
        StackAside<T> aside,
        StackKernel<T> kernel,
        ref StackOutput<T> output
    )
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        Vector512<T> done = first.Combine(block, out Vector512<T> value, out Vector512<T> variance);
        Vector512<T> all = StackLanes.Of<T>(block.Length);
        output.Store(at, count, value, all, all, variance);
        ulong open = ~done.ExtractMostSignificantBits() & ((1UL << count) - 1);
        while (open != 0)
        {
            open = aside.Add(block, at, open);
            if (aside.IsFull)
            {
                Finish(aside, kernel, ref output);
            }
        }
    }

    private static void Finish<T>(StackAside<T> aside, StackKernel<T> kernel, ref StackOutput<T> output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        if (aside.Pixels.IsEmpty)
        {
            return;
        }
        Vector512<T> value = kernel.Combine(aside.Values, out Vector512<T> valid, out Vector512<T> number, out Vector512<T> variance);
        output.Store(aside.Pixels, value, valid, number, variance);
        aside.Clear();
    }

    private static void Check<T>(ReadOnlySpan<ReadOnlyMemory<T>> frames, int length, StackTerms terms, StackOptions options)
    {
        if (frames.IsEmpty || frames.Length > ushort.MaxValue)
        {
            throw new ArgumentException($"Between 1 and 65535 frames can be combined, not {frames.Length}.", nameof(frames));
        }
        foreach (ReadOnlyMemory<T> frame in frames)
        {
            if (frame.Length < length)
            {
                throw new ArgumentException($"A frame has {frame.Length} pixels; {length} expected.", nameof(frames));
            }
        }
        Require.SameLength(terms.Scales.Count > 0 ? frames.Length : 0, terms.Scales.Count, nameof(terms.Scales));
        Require.SameLength(terms.Weights.Count > 0 ? frames.Length : 0, terms.Weights.Count, nameof(terms.Weights));
        bool minMax = options.Method == StackMethod.MinMaxMean;
        if (minMax && options.RejectLowest + options.RejectHighest >= frames.Length)
        {
            throw new ArgumentException(
                $"Leaving out the {options.RejectLowest} lowest and {options.RejectHighest} highest of {frames.Length} values leaves none.",
                nameof(options)
            );
        }
        if (terms.Weights.Count > 0 && (minMax || options.Method == StackMethod.Median))
        {
            throw new ArgumentException($"{options.Method} takes no weights.", nameof(terms));
        }
        if (terms.Weights.Any(w => !(w > 0)))
        {
            throw new ArgumentException("Weights must be above 0.", nameof(terms));
        }
    }

    /// <summary>Lays one frame's pixels, scaled, where the kernel finds the stack of each block side by side.</summary>
    private static void Gather<T>(ReadOnlySpan<T> pixels, T scale, Span<Vector512<T>> vectors, int frame, int frames)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        ReadOnlySpan<Vector512<T>> whole = MemoryMarshal.Cast<T, Vector512<T>>(pixels);
        var factor = Vector512.Create(scale);
        ref Vector512<T> target = ref vectors[frame];
        foreach (Vector512<T> v in whole)
        {
            target = v * factor;
            target = ref Unsafe.Add(ref target, frames);
        }
        ReadOnlySpan<T> rest = pixels[(whole.Length * Vector512<T>.Count)..];
        if (rest.Length > 0)
        {
            Span<T> padded = stackalloc T[Vector512<T>.Count];
            padded.Fill(T.NaN);
            rest.CopyTo(padded);
            vectors[(whole.Length * frames) + frame] = Vector512.Create<T>(padded) * factor;
        }
    }
}
