using Albireo.Science.Images;

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
)
{
    private const double TrailElongation = 6;
    private const int ShortestBleeding = 10;

    private readonly Deblender deblender = new(options, filter.NoiseFactor);
    private SourcePart[] parts = new SourcePart[4];

    /// <summary>Those of an area's sources that the options let through.</summary>
    public void Collect(int segment, List<SourcePart> result)
    {
        int pixels = 0;
        foreach (int r in segments.RunsOf(segment))
        {
            pixels += segments.Runs[r].Length;
        }
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
            for (int from = 0; from < owners.Length; )
            {
                int other = owners[from..].IndexOfAnyExcept(owners[from]);
                int to = other < 0 ? owners.Length : from + other;
                Add(ref parts[owners[from]], run, from, to);
                from = to;
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

    // Moments weigh with the filtered pixels: all of them are positive, and noise outside the core counts less.
    private void Add(ref SourcePart part, in PixelRun run, int from, int to)
    {
        int start = run.Start + from;
        ReadOnlySpan<float> values = segments.Values.AsSpan(run.Offset + from, to - from);
        ReadOnlySpan<float> filtered = segments.Filtered.AsSpan(run.Offset + from, values.Length);
        ReadOnlySpan<float> counts = raw.Row(run.Y).Slice(start, values.Length);
        (double flux, double weight, double sx, double sxx) = (0, 0, 0, 0);
        (float peak, float filteredPeak, float rawPeak) = (part.Peak, part.FilteredPeak, part.RawPeak);
        for (int i = 0; i < values.Length; i++)
        {
            double x = start + i;
            double wx = filtered[i] * x;
            flux += values[i];
            weight += filtered[i];
            sx += wx;
            sxx += wx * x;
            filteredPeak = filtered[i] > filteredPeak ? filtered[i] : filteredPeak;
            rawPeak = counts[i] > rawPeak ? counts[i] : rawPeak;
            if (values[i] > peak && (!run.HasBadPixels || IsMeasured(start + i, run.Y)))
            {
                (peak, part.PeakX, part.PeakY) = (values[i], start + i, run.Y);
            }
        }
        (part.Peak, part.FilteredPeak, part.RawPeak) = (peak, filteredPeak, rawPeak);
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
