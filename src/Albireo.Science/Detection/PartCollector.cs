using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Detection;

/// <summary>Takes connected areas apart and adds up what each source's pixels hold. One instance serves one thread.</summary>
internal sealed class PartCollector(
    Image image,
    Image raw,
    double saturation,
    PixelMask? mask,
    Segments segments,
    MatchedFilter filter,
    Sharpness sharpness,
    DetectionOptions options
) : IDisposable
{
    private const double TrailElongation = 6;
    private const int ShortestBleeding = 10;

    private readonly Deblender deblender = new(options, filter.NoiseFactor);
    private SourcePart[] parts = new SourcePart[4];
    private float fetched; // kept so that reading is not left out

    /// <summary>Those of an area's sources that the options let through.</summary>
    public void Collect(int segment, PooledList<SourcePart> result)
    {
        int pixels = Fetch(segment);
        if (pixels < options.MinimumPixels)
        {
            return;
        }
        int children = deblender.Split(segments, segment, pixels);
        if (parts.Length < children)
        {
            parts = new SourcePart[2 * children];
        }
        for (int child = 0; child < children; child++)
        {
            parts[child] = SourcePart.Empty(segment, child, children > 1);
        }
        foreach (int r in segments.RunsOf(segment))
        {
            ref readonly PixelRun run = ref segments.Runs[r];
            ReadOnlySpan<int> owners = segments.Owners.AsSpan(run.Offset, run.Length);
            if (children == 1)
            {
                Add(ref parts[0], run, 0, run.Length);
                continue;
            }
            for (int from = 0, to; from < owners.Length; from = to)
            {
                int owner = owners[from];
                for (to = from + 1; to < owners.Length && owners[to] == owner; to++) { }
                Add(ref parts[owner], run, from, to);
            }
        }
        foreach (ref SourcePart part in parts.AsSpan(0, children))
        {
            if (part.Count < options.MinimumPixels || !float.IsFinite(part.Peak))
            {
                continue;
            }
            part.Flags = FlagsOf(part);
            if (!options.RejectHotPixels || (part.Flags & (SourceFlags.HotPixel | SourceFlags.CosmicRay)) == SourceFlags.None)
            {
                result.Add(part);
            }
        }
    }

    // Counts an area's pixels. The runs of an area lie far apart in memory: one pixel of each is read here, where no arithmetic waits
    // for it, so that the processor fetches all of them at once and not one after the other.
    private int Fetch(int segment)
    {
        int pixels = 0;
        float sum = 0;
        foreach (int r in segments.RunsOf(segment))
        {
            ref readonly PixelRun run = ref segments.Runs[r];
            pixels += run.Length;
            sum += segments.Filtered[run.Offset] + segments.Values[run.Offset] + raw[run.Start, run.Y];
        }
        fetched = sum;
        return pixels;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => deblender.Dispose();

    // Moments weigh with the filtered pixels: all of them are positive, and noise outside the core counts less.
    private void Add(ref SourcePart part, in PixelRun run, int from, int to)
    {
        int start = run.Start + from;
        ReadOnlySpan<float> values = segments.Values.AsSpan(run.Offset + from, to - from);
        ReadOnlySpan<float> filtered = segments.Filtered.AsSpan(run.Offset + from, values.Length);
        ReadOnlySpan<float> counts = raw.Row(run.Y).Slice(start, values.Length);
        (double flux, double weight, double sx, double sxx) = (0, 0, 0, 0);
        double x = start;
        for (int i = 0; i < values.Length; i++, x++)
        {
            double wx = filtered[i] * x;
            flux += values[i];
            weight += filtered[i];
            sx += wx;
            sxx += wx * x;
        }
        part.FilteredPeak = Highest(filtered, part.FilteredPeak);
        float rawPeak = Highest(counts, part.RawPeak);
        part.RawPeak = rawPeak;
        RaisePeak(ref part, values, start, run);
        if (rawPeak >= saturation)
        {
            AddSaturated(ref part, counts, start, run.Y);
        }
        double y = run.Y;
        part.Count += values.Length;
        part.Flux += flux;
        part.Weight += weight;
        part.X += sx;
        part.Xx += sxx;
        part.Y += weight * y;
        part.Yy += weight * y * y;
        part.Xy += sx * y;
        part.Noise = Math.Max(part.Noise, run.Noise);
        part.HasBadPixels |= run.HasBadPixels;
        part.TouchesEdge |= run.Y == 0 || run.Y == image.Height - 1 || start == 0 || start + values.Length == image.Width;
    }

    private void RaisePeak(ref SourcePart part, ReadOnlySpan<float> values, int start, in PixelRun run)
    {
        float highest = Highest(values, part.Peak);
        if (!(highest > part.Peak))
        {
            return;
        }
        if (!run.HasBadPixels)
        {
            (part.Peak, part.PeakX, part.PeakY) = (highest, start + values.IndexOf(highest), run.Y);
            return;
        }
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] > part.Peak && IsMeasured(start + i, run.Y))
            {
                (part.Peak, part.PeakX, part.PeakY) = (values[i], start + i, run.Y);
            }
        }
    }

    // The highest of some values and a start. The last four lanes overlap those before: no value is missed, and none beyond is read.
    private static float Highest(ReadOnlySpan<float> values, float start)
    {
        float highest = start;
        if (values.Length >= Vector128<float>.Count)
        {
            ref float first = ref MemoryMarshal.GetReference(values);
            int last = values.Length - Vector128<float>.Count;
            Vector128<float> lanes = Higher(Vector128.LoadUnsafe(ref first, (nuint)last), Vector128.Create(start));
            for (int i = 0; i < last; i += Vector128<float>.Count)
            {
                lanes = Higher(Vector128.LoadUnsafe(ref first, (nuint)i), lanes);
            }
            lanes = Higher(Vector128.Shuffle(lanes, Vector128.Create(2, 3, 0, 1)), lanes);
            lanes = Higher(Vector128.Shuffle(lanes, Vector128.Create(1, 0, 3, 2)), lanes);
            return lanes.ToScalar();
        }
        foreach (float value in values)
        {
            highest = value > highest ? value : highest;
        }
        return highest;
    }

    // A NaN is no higher than anything.
    private static Vector128<float> Higher(Vector128<float> a, Vector128<float> b) =>
        Vector128.ConditionalSelect(Vector128.GreaterThan(a, b), a, b);

    private void AddSaturated(ref SourcePart part, ReadOnlySpan<float> counts, int start, int y)
    {
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] >= saturation)
            {
                part.Saturated++;
                part.SaturatedLeft = Math.Min(part.SaturatedLeft, start + i);
                part.SaturatedRight = Math.Max(part.SaturatedRight, start + i);
                part.SaturatedTop = Math.Min(part.SaturatedTop, y);
                part.SaturatedBottom = Math.Max(part.SaturatedBottom, y);
            }
        }
    }

    // Whether a pixel shows its own value: neither repaired nor masked nor undefined.
    private bool IsMeasured(int x, int y) =>
        float.IsFinite(image[x, y]) && (mask is null || PixelUse.Counts(mask[x, y])) && segments.HotPixelAt(x, y) is null;

    private SourceFlags FlagsOf(in SourcePart part)
    {
        SourceFlags flags = part.Saturated > 0 ? SourceFlags.Saturated : JudgePeak(part);
        flags |= part.IsBlended ? SourceFlags.Blended : SourceFlags.None;
        flags |= part.HasBadPixels ? SourceFlags.BadPixels : SourceFlags.None;
        flags |= part.TouchesEdge ? SourceFlags.Edge : SourceFlags.None;
        return flags | LongAndThin(part);
    }

    private SourceFlags JudgePeak(in SourcePart part)
    {
        (int peakX, int peakY) = (part.PeakX, part.PeakY);
        if (peakX == 0 || peakY == 0 || peakX == image.Width - 1 || peakY == image.Height - 1)
        {
            return SourceFlags.None;
        }
        float sky = image[peakX, peakY] - part.Peak;
        Span<float> box = stackalloc float[9];
        for (int j = 0; j < 3; j++)
        {
            for (int i = 0; i < 3; i++)
            {
                (int x, int y) = (peakX + i - 1, peakY + j - 1);
                float value = segments.HotPixelAt(x, y) is { } hot ? hot.Repaired : image[x, y] - sky;
                if (!float.IsFinite(value) || (mask is not null && !PixelUse.Counts(mask[x, y])))
                {
                    return SourceFlags.None; // without all its neighbours a peak cannot be judged
                }
                box[(3 * j) + i] = value;
            }
        }
        return sharpness.Judge(box, part.Noise);
    }

    // A trail is long and thin: its second moments are those of a line. A bleeding column shows in the saturated pixels alone: the
    // star's wings make the whole no thinner than a blend.
    private static SourceFlags LongAndThin(in SourcePart part)
    {
        (_, _, double xx, double yy, double xy) = part.Moments();
        SourceFlags flags = SourceFlags.None;
        double mean = (xx + yy) / 2;
        double half = Math.Sqrt((0.25 * (xx - yy) * (xx - yy)) + (xy * xy));
        double major = Math.Sqrt(mean + half);
        double minor = Math.Sqrt(Math.Max(1.0 / 12, mean - half));
        if (part.Count >= 20 && major >= TrailElongation * minor)
        {
            flags |= SourceFlags.Trailed;
        }
        if (part.Saturated > 0)
        {
            int width = part.SaturatedRight - part.SaturatedLeft + 1;
            int height = part.SaturatedBottom - part.SaturatedTop + 1;
            int longer = Math.Max(width, height);
            flags |= longer >= ShortestBleeding && longer >= 3 * Math.Min(width, height) ? SourceFlags.Bleeding : SourceFlags.None;
        }
        return flags;
    }
}
