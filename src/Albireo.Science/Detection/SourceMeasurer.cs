using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Albireo.Science.Images;

namespace Albireo.Science.Detection;

/// <summary>Measures the centre and shape of sources on the unfiltered pixels. One instance serves one thread.</summary>
internal sealed class SourceMeasurer(Image image, PixelMask? mask, Segments segments, MatchedFilter filter) : IDisposable
{
    private const int LargestRadius = 24;
    private const int LargestSide = (2 * LargestRadius) + 1;

    // Rows of AdaptiveMoments.Stride values.
    private readonly float[] stamp = ArrayPool<float>.Shared.Rent(LargestSide * (LargestSide + 7));
    private readonly double[] weighed = ArrayPool<double>.Shared.Rent(LargestSide * (LargestSide + 7));
    private readonly List<int> foreign = [];

    /// <summary>The source that a part is.</summary>
    public Source Measure(in SourcePart part)
    {
        (double x, double y, double xx, double yy, double xy) = part.Moments();
        SourceFlags flags = part.Flags;
        // A trail is wider than any stamp: its shape is that of its pixels.
        AdaptiveShape shape =
            (flags & SourceFlags.Trailed) == SourceFlags.None
                ? Shape(part, x, y, Math.Max(0.4, (xx + yy) / 2))
                : new AdaptiveShape(x, y, xx, yy, xy, Converged: true);
        (double major, double minor, double angle) = (double.NaN, double.NaN, double.NaN);
        if (shape.Converged)
        {
            (major, minor, angle) = shape.Ellipse();
            (x, y) = (shape.X, shape.Y);
        }
        else
        {
            flags |= SourceFlags.NoShape;
            // Wider than any stamp: light, but not a star.
            bool wide = Math.Min(xx, yy) > LargestRadius * LargestRadius / 9.0;
            flags |= wide && part.Saturated == 0 ? SourceFlags.Extended : SourceFlags.None;
        }
        return new Source(
            x,
            y,
            part.Flux,
            part.Noise * Math.Sqrt(part.Count),
            part.RawPeak,
            Math.Sqrt(major * minor),
            major,
            minor,
            angle,
            part.Count,
            part.FilteredPeak / (part.Noise * filter.NoiseFactor),
            flags
        );
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(stamp);
        ArrayPool<double>.Shared.Return(weighed);
    }

    private AdaptiveShape Shape(in SourcePart part, double x, double y, double variance)
    {
        int centreX = (int)Math.Round(x);
        int centreY = (int)Math.Round(y);
        double size = Math.Sqrt(Math.Min(variance, part.Count / Math.PI));
        int radius = Math.Clamp((int)Math.Ceiling(4.5 * size), 4, LargestRadius);
        int side = (2 * radius) + 1;
        (int left, int top) = (centreX - radius, centreY - radius);
        float sky = image[part.PeakX, part.PeakY] - part.Peak;
        CutOut(left, top, side, sky);
        if (part.IsBlended)
        {
            MirrorOverNeighbours(part, left, top, side);
        }
        AdaptiveShape shape = AdaptiveMoments.Measure(
            Weighed(side),
            side,
            x - left,
            y - top,
            Math.Max(0.4, Math.Min(variance, size * size)),
            Math.Max(1.5, 1.5 * size)
        );
        return shape with { X = shape.X + left, Y = shape.Y + top };
    }

    // NaN where there is no pixel or a bad one.
    private void CutOut(int left, int top, int side, float sky)
    {
        int stride = AdaptiveMoments.Stride(side);
        int skip = Math.Max(0, -left);
        int end = Math.Min(side, image.Width - left);
        for (int j = 0; j < side; j++)
        {
            int row = top + j;
            Span<float> target = stamp.AsSpan(j * stride, stride);
            if (row < 0 || row >= image.Height || end != side || skip != 0 || stride != side)
            {
                target.Fill(float.NaN);
            }
            if (row < 0 || row >= image.Height || end <= skip)
            {
                continue;
            }
            ReadOnlySpan<float> pixels = image.Row(row)[(left + skip)..(left + end)];
            Span<float> inner = target[skip..end];
            TensorPrimitives.Subtract(pixels, sky, inner);
            BlankBadPixels(row, left, target[..side]);
        }
    }

    // Pixels to be left out count as 0.
    private ReadOnlySpan<double> Weighed(int side)
    {
        int length = side * AdaptiveMoments.Stride(side);
        ref float from = ref MemoryMarshal.GetArrayDataReference(stamp);
        ref double to = ref MemoryMarshal.GetArrayDataReference(weighed);
        Vector256<float> largest = Vector256.Create(float.MaxValue);
        for (int i = 0; i < length; i += Vector256<float>.Count)
        {
            Vector256<float> value = Vector256.LoadUnsafe(ref from, (nuint)i);
            value &= Vector256.LessThanOrEqual(Vector256.Abs(value), largest);
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(value);
            low.StoreUnsafe(ref to, (nuint)i);
            high.StoreUnsafe(ref to, (nuint)(i + Vector256<double>.Count));
        }
        return weighed.AsSpan(0, length);
    }

    // A neighbour's pixels become what lies opposite the centre, which the neighbour does not reach; NaN where it does.
    private void MirrorOverNeighbours(in SourcePart part, int left, int top, int side)
    {
        int stride = AdaptiveMoments.Stride(side);
        foreign.Clear();
        ReadOnlySpan<int> runs = segments.RunsOf(part.Segment);
        for (int i = FirstRun(runs, top); i < runs.Length && segments.Runs[runs[i]].Y < top + side; i++)
        {
            ref readonly PixelRun run = ref segments.Runs[runs[i]];
            ReadOnlySpan<int> owners = segments.Owners.AsSpan(run.Offset, run.Length);
            int origin = ((run.Y - top) * stride) - left;
            int end = Math.Min(run.End, left + side);
            for (int x = Math.Max(run.Start, left); x < end; x++)
            {
                if (owners[x - run.Start] != part.Child)
                {
                    foreign.Add(origin + x);
                    stamp[origin + x] = float.NaN;
                }
            }
        }
        int opposite = ((side - 1) * stride) + side - 1;
        foreach (int at in foreign)
        {
            stamp[at] = stamp[opposite - at];
        }
    }

    // The first of an area's runs that lies in a row or below it.
    private int FirstRun(ReadOnlySpan<int> runs, int row)
    {
        (int low, int high) = (0, runs.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = segments.Runs[runs[middle]].Y < row ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    private void BlankBadPixels(int row, int left, Span<float> target)
    {
        foreach (ref readonly HotPixel hot in segments.HotPixelsOf(row))
        {
            int column = hot.X - left;
            if (column >= 0 && column < target.Length)
            {
                target[column] = float.NaN;
            }
        }
        if (mask is null)
        {
            return;
        }
        int first = Math.Max(left, 0);
        ReadOnlySpan<PixelQuality> flags = mask.Row(row)[first..Math.Min(left + target.Length, mask.Width)];
        if (!flags.ContainsAnyExcept(PixelQuality.None))
        {
            return;
        }
        for (int i = 0; i < flags.Length; i++)
        {
            if (!PixelUse.Counts(flags[i]))
            {
                target[first - left + i] = float.NaN;
            }
        }
    }
}
