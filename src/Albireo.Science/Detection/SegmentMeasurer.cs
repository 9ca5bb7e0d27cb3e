using Albireo.Science.Images;

namespace Albireo.Science.Detection;

/// <summary>Turns connected areas into sources. One instance serves one thread.</summary>
internal sealed class SegmentMeasurer(
    Image image,
    Image raw,
    double saturation,
    PixelMask? mask,
    Segments segments,
    MatchedFilter filter,
    Sharpness sharpness,
    DetectionOptions options
)
{
    private const int LargestRadius = 24;
    private const double TrailElongation = 6;
    private const int ShortestBleeding = 10;

    private readonly Deblender deblender = new(options, filter.NoiseFactor);
    private readonly float[] stamp = new float[((2 * LargestRadius) + 1) * ((2 * LargestRadius) + 1)];
    private readonly double[] padded = new double[((2 * LargestRadius) + 1) * ((2 * LargestRadius) + 8)];
    private Sums[] parts = new Sums[4];
    private int[] owners = new int[1024];
    private readonly List<int> foreign = [];

    private struct Sums
    {
        public int Count;
        public double Flux;
        public double Weight;
        public double X;
        public double Y;
        public double Xx;
        public double Yy;
        public double Xy;
        public float Peak;
        public int PeakX;
        public int PeakY;
        public float FilteredPeak;
        public double RawPeak;
        public float Noise;
        public int Saturated;
        public bool Bad;
        public bool Edge;
        public int SaturatedLeft;
        public int SaturatedRight;
        public int SaturatedTop;
        public int SaturatedBottom;
    }

    /// <summary>The sources of some areas.</summary>
    public List<Source> Measure(ReadOnlySpan<int> areas)
    {
        var result = new List<Source>(areas.Length);
        foreach (int segment in areas)
        {
            int pixels = 0;
            foreach (int r in segments.RunsOf(segment))
            {
                pixels += segments.Runs[r].Length;
            }
            if (pixels < options.MinimumPixels)
            {
                continue;
            }
            if (owners.Length < pixels)
            {
                owners = new int[2 * pixels];
            }
            int children = deblender.Split(segments, segment, pixels, owners);
            Collect(segment, children);
            for (int child = 0; child < children; child++)
            {
                if (parts[child].Count < options.MinimumPixels || !float.IsFinite(parts[child].Peak))
                {
                    continue;
                }
                Source source = Finish(ref parts[child], segment, child, children > 1);
                if (!options.RejectHotPixels || (source.Flags & (SourceFlags.HotPixel | SourceFlags.CosmicRay)) == SourceFlags.None)
                {
                    result.Add(source);
                }
            }
        }
        return result;
    }

    private void Collect(int segment, int children)
    {
        if (parts.Length < children)
        {
            parts = new Sums[2 * children];
        }
        for (int i = 0; i < children; i++)
        {
            parts[i] = new Sums
            {
                Peak = float.NegativeInfinity,
                FilteredPeak = float.NegativeInfinity,
                RawPeak = double.NegativeInfinity,
                SaturatedLeft = int.MaxValue,
                SaturatedTop = int.MaxValue,
                SaturatedRight = int.MinValue,
                SaturatedBottom = int.MinValue,
            };
        }
        int pixel = 0;
        foreach (int r in segments.RunsOf(segment))
        {
            ref readonly PixelRun run = ref segments.Runs[r];
            ReadOnlySpan<float> rawRow = raw.Row(run.Y);
            for (int x = run.Start; x < run.End; x++)
            {
                ref Sums p = ref parts[owners[pixel++]];
                Add(ref p, run, x, rawRow[x]);
            }
        }
    }

    private void Add(ref Sums p, PixelRun run, int x, float rawValue)
    {
        int at = run.Offset + x - run.Start;
        float value = segments.Values[at];
        float filtered = segments.Filtered[at];
        p.Count++;
        p.Flux += value;
        p.Noise = Math.Max(p.Noise, run.Noise);
        p.Bad |= run.HasBadPixels;
        p.Edge |= x == 0 || run.Y == 0 || x == image.Width - 1 || run.Y == image.Height - 1;
        if (rawValue >= saturation)
        {
            p.Saturated++;
            p.SaturatedLeft = Math.Min(p.SaturatedLeft, x);
            p.SaturatedRight = Math.Max(p.SaturatedRight, x);
            p.SaturatedTop = Math.Min(p.SaturatedTop, run.Y);
            p.SaturatedBottom = Math.Max(p.SaturatedBottom, run.Y);
        }
        if (rawValue > p.RawPeak)
        {
            p.RawPeak = rawValue;
        }
        if (value > p.Peak && (!run.HasBadPixels || Measured(x, run.Y)))
        {
            (p.Peak, p.PeakX, p.PeakY) = (value, x, run.Y);
        }
        p.FilteredPeak = Math.Max(p.FilteredPeak, filtered);
        // Moments weigh with the filtered pixels: all of them are positive, and noise outside the core counts less.
        double dx = x;
        double dy = run.Y;
        p.Weight += filtered;
        p.X += filtered * dx;
        p.Y += filtered * dy;
        p.Xx += filtered * dx * dx;
        p.Yy += filtered * dy * dy;
        p.Xy += filtered * dx * dy;
    }

    // Whether a pixel shows its own value: neither repaired nor masked nor undefined.
    private bool Measured(int x, int y) =>
        float.IsFinite(image[x, y])
        && (mask is null || PixelUse.Counts(mask[x, y]))
        && Array.BinarySearch(segments.HotPixels, new HotPixel(x, y, 0, 0, 0)) < 0;

    private Source Finish(ref Sums p, int segment, int child, bool blended)
    {
        SourceFlags flags = SourceFlags.None;
        double x = p.X / p.Weight;
        double y = p.Y / p.Weight;
        double xx = (p.Xx / p.Weight) - (x * x);
        double yy = (p.Yy / p.Weight) - (y * y);
        double xy = (p.Xy / p.Weight) - (x * y);
        float sky = image[p.PeakX, p.PeakY] - p.Peak;
        if (p.Saturated > 0)
        {
            flags |= SourceFlags.Saturated;
        }
        else
        {
            flags |= JudgePeak(p.PeakX, p.PeakY, sky, p.Noise);
        }
        flags |= blended ? SourceFlags.Blended : SourceFlags.None;
        flags |= p.Bad ? SourceFlags.BadPixels : SourceFlags.None;
        flags |= p.Edge ? SourceFlags.Edge : SourceFlags.None;
        flags |= LongAndThin(ref p, xx, yy, xy);

        var shape = new AdaptiveShape(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, false);
        if ((flags & SourceFlags.Trailed) == SourceFlags.None)
        {
            shape = Shape(x, y, Math.Max(0.4, (xx + yy) / 2), sky, p.Count, blended ? segment : -1, child);
        }
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
            flags |= wide && p.Saturated == 0 ? SourceFlags.Extended : SourceFlags.None;
        }
        return new Source(
            x,
            y,
            p.Flux,
            p.Noise * Math.Sqrt(p.Count),
            p.RawPeak,
            Math.Sqrt(major * minor),
            major,
            minor,
            angle,
            p.Count,
            p.FilteredPeak / (p.Noise * filter.NoiseFactor),
            flags
        );
    }

    private SourceFlags JudgePeak(int peakX, int peakY, float sky, float noise)
    {
        if (peakX == 0 || peakY == 0 || peakX == image.Width - 1 || peakY == image.Height - 1)
        {
            return SourceFlags.None;
        }
        Span<float> box = stackalloc float[9];
        for (int j = 0; j < 3; j++)
        {
            for (int i = 0; i < 3; i++)
            {
                (int x, int y) = (peakX + i - 1, peakY + j - 1);
                int hot = Array.BinarySearch(segments.HotPixels, new HotPixel(x, y, 0, 0, 0));
                float value = hot >= 0 ? segments.HotPixels[hot].Repaired : image[x, y] - sky;
                if (!float.IsFinite(value) || (mask is not null && !PixelUse.Counts(mask[x, y])))
                {
                    return SourceFlags.None; // without all its neighbours a peak cannot be judged
                }
                box[(3 * j) + i] = value;
            }
        }
        return sharpness.Judge(box, noise);
    }

    // A trail is long and thin: its second moments are those of a line. A bleeding column shows in the saturated pixels alone: the
    // star's wings make the whole no thinner than a blend.
    private static SourceFlags LongAndThin(ref Sums p, double xx, double yy, double xy)
    {
        SourceFlags flags = SourceFlags.None;
        double mean = (xx + yy) / 2;
        double half = Math.Sqrt((0.25 * (xx - yy) * (xx - yy)) + (xy * xy));
        double major = Math.Sqrt(mean + half);
        double minor = Math.Sqrt(Math.Max(1.0 / 12, mean - half));
        if (p.Count >= 20 && major >= TrailElongation * minor)
        {
            flags |= SourceFlags.Trailed;
        }
        if (p.Saturated > 0)
        {
            int width = p.SaturatedRight - p.SaturatedLeft + 1;
            int height = p.SaturatedBottom - p.SaturatedTop + 1;
            int longer = Math.Max(width, height);
            flags |= longer >= ShortestBleeding && longer >= 3 * Math.Min(width, height) ? SourceFlags.Bleeding : SourceFlags.None;
        }
        return flags;
    }

    private AdaptiveShape Shape(double x, double y, double variance, float sky, int count, int segment, int child)
    {
        int centreX = (int)Math.Round(x);
        int centreY = (int)Math.Round(y);
        double size = Math.Sqrt(Math.Min(variance, count / Math.PI));
        int radius = Math.Clamp((int)Math.Ceiling(4.5 * size), 4, LargestRadius);
        int side = (2 * radius) + 1;
        for (int j = 0; j < side; j++)
        {
            int row = centreY + j - radius;
            Span<float> target = stamp.AsSpan(j * side, side);
            if (row < 0 || row >= image.Height)
            {
                target.Fill(float.NaN);
                continue;
            }
            ReadOnlySpan<float> pixels = image.Row(row);
            for (int i = 0; i < side; i++)
            {
                int column = centreX + i - radius;
                target[i] = column >= 0 && column < image.Width ? pixels[column] - sky : float.NaN;
            }
            BlankBadPixels(row, centreX - radius, target);
        }
        if (segment >= 0)
        {
            MirrorOverNeighbours(segment, child, centreX - radius, centreY - radius, side);
        }
        double start = Math.Min(variance, size * size);
        AdaptiveShape shape = AdaptiveMoments.Measure(
            Padded(side),
            side,
            x - centreX + radius,
            y - centreY + radius,
            Math.Max(0.4, start),
            Math.Max(1.5, 1.5 * size)
        );
        return shape with { X = shape.X + centreX - radius, Y = shape.Y + centreY - radius };
    }

    private ReadOnlySpan<double> Padded(int side)
    {
        int stride = AdaptiveMoments.Stride(side);
        Span<double> target = padded.AsSpan(0, side * stride);
        target.Clear();
        for (int row = 0; row < side; row++)
        {
            for (int column = 0; column < side; column++)
            {
                float value = stamp[(row * side) + column];
                target[(row * stride) + column] = float.IsFinite(value) ? value : 0;
            }
        }
        return target;
    }

    // A neighbour's pixels become what lies opposite the centre, which the neighbour does not reach; NaN where it does.
    private void MirrorOverNeighbours(int segment, int child, int left, int top, int side)
    {
        int pixel = 0;
        foreign.Clear();
        foreach (int r in segments.RunsOf(segment))
        {
            ref readonly PixelRun run = ref segments.Runs[r];
            int row = run.Y - top;
            if (row >= 0 && row < side)
            {
                for (int x = Math.Max(run.Start, left); x < Math.Min(run.End, left + side); x++)
                {
                    if (owners[pixel + x - run.Start] != child)
                    {
                        int at = (row * side) + x - left;
                        foreign.Add(at);
                        stamp[at] = float.NaN;
                    }
                }
            }
            pixel += run.Length;
        }
        foreach (int at in foreign)
        {
            stamp[at] = stamp[(side * side) - 1 - at];
        }
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
