using Albireo.Science.Background;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Detection;

/// <summary>
/// Finds stars as connected areas above a local threshold of the matched-filtered picture ("segments"), tells blends apart, measures
/// centre, shape and flux on the unfiltered pixels, and sorts out what did not come through the optics.
/// </summary>
public static class SegmentFinder
{
    private const SourceFlags NotTypical =
        SourceFlags.Saturated | SourceFlags.Blended | SourceFlags.HotPixel | SourceFlags.CosmicRay | SourceFlags.Trailed;

    private const int BandHeight = 64;
    private const int AreasPerTask = 16;
    private const int PartsPerTask = 256;

    /// <summary>Finds the sources of a picture with a constant background.</summary>
    public static Source[] Find(Image image, double level, double noise, DetectionOptions options, BandRunner? runner = null) =>
        Find(image, (_, row) => row.Fill((float)level), (_, row) => row.Fill((float)noise), null, null, double.NaN, options, runner);

    /// <summary>Finds the sources of a picture above its mesh background.</summary>
    /// <param name="image">The picture, background included; NaN pixels are left out.</param>
    /// <param name="background">Its level and noise, of the same size.</param>
    /// <param name="mask">Bad, cosmic-ray and undefined pixels are left out and flagged where they touch a source.</param>
    /// <param name="raw">Raw counts of the same size, for peaks and saturation; null: the picture itself.</param>
    /// <param name="saturation">Raw counts at which a pixel is saturated; NaN: not known, nothing is flagged.</param>
    /// <param name="options">How.</param>
    /// <param name="runner">Who runs the bands; null: this thread. The result does not depend on it.</param>
    /// <returns>Sources, brightest first; without sources an empty array.</returns>
    /// <exception cref="ArgumentException">Background, mask or raw picture of another size.</exception>
    public static Source[] Find(
        Image image,
        BackgroundMap background,
        PixelMask? mask,
        Image? raw,
        double saturation,
        DetectionOptions options,
        BandRunner? runner = null
    )
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(background);
        SameSize(image, background.Width, background.Height, "background");
        return Find(image, background.LevelRow, background.RmsRow, mask, raw, saturation, options, runner);
    }

    /// <summary>Finds the sources of a picture.</summary>
    /// <param name="image">The picture, background included; NaN pixels are left out.</param>
    /// <param name="level">The background's level.</param>
    /// <param name="noise">The background's σ a pixel, in the picture's units.</param>
    /// <param name="mask">Bad, cosmic-ray and undefined pixels are left out and flagged where they touch a source.</param>
    /// <param name="raw">Raw counts of the same size, for peaks and saturation; null: the picture itself.</param>
    /// <param name="saturation">Raw counts at which a pixel is saturated; NaN: not known, nothing is flagged.</param>
    /// <param name="options">How.</param>
    /// <param name="runner">Who runs the bands; null: this thread. The result does not depend on it.</param>
    /// <returns>Sources, brightest first; without sources an empty array.</returns>
    /// <exception cref="ArgumentException">Mask or raw picture of another size.</exception>
    public static Source[] Find(
        Image image,
        RowValues level,
        RowValues noise,
        PixelMask? mask,
        Image? raw,
        double saturation,
        DetectionOptions options,
        BandRunner? runner = null
    )
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(level);
        ArgumentNullException.ThrowIfNull(noise);
        ArgumentNullException.ThrowIfNull(options);
        SameSize(image, mask?.Width ?? image.Width, mask?.Height ?? image.Height, "mask");
        SameSize(image, raw?.Width ?? image.Width, raw?.Height ?? image.Height, "raw picture");
        runner ??= BandRunner.Serial;

        var filter = new MatchedFilter(options.KernelFwhmPixels);
        var sharpness = new Sharpness(options.SharpestFwhmPixels);
        var finder = new RunFinder(image, level, noise, mask, filter, sharpness, options.ThresholdSigma);
        var bands = new BandRuns[(image.Height + BandHeight - 1) / BandHeight];
        runner.Run(image.Height, BandHeight, (index, first, count) => bands[index] = finder.Find(first, count));

        using Segments segments = Segments.Join(bands, runner);
        using PooledList<SourcePart> parts = Parts(
            segments,
            () => new PartCollector(image, raw ?? image, saturation, mask, segments, filter, sharpness, options),
            options.MaximumStars,
            runner
        );
        var sources = new Source[parts.Count];
        runner.Run(
            parts.Count,
            PartsPerTask,
            (_, first, count) =>
            {
                using var measurer = new SourceMeasurer(image, mask, segments, filter);
                for (int i = first; i < first + count; i++)
                {
                    sources[i] = measurer.Measure(parts.Items[i]);
                }
            }
        );
        if (!options.RejectHotPixels)
        {
            sources = [.. sources, .. segments.HotPixels.Select(h => AsSource(h, raw ?? image, filter))];
        }
        MarkExtended(sources);
        sources = Sorted(sources);
        return options.MaximumStars > 0 && sources.Length > options.MaximumStars ? sources[..options.MaximumStars] : sources;
    }

    /// <summary>
    /// What the areas hold, only the brightest where not all are wanted. The brightest areas go first: no source is brighter than
    /// the area that it lies in, so it ends when the next area could add nothing to the stars that are wanted.
    /// </summary>
    private static PooledList<SourcePart> Parts(Segments segments, Func<PartCollector> collector, int wanted, BandRunner runner)
    {
        int[] order = BrightestFirst(segments, wanted);
        var parts = new PooledList<SourcePart>(1024);
        var idle = new Stack<PartCollector>();
        for (int begin = 0; begin < order.Length; )
        {
            int batch = wanted > 0 ? Math.Min(order.Length - begin, 2 * AreasPerTask) : order.Length;
            // In their places' order: what lies close together in the picture does so in memory.
            Array.Sort(order, begin, batch);
            var found = new PooledList<SourcePart>[(batch + AreasPerTask - 1) / AreasPerTask];
            ReadOnlyMemory<int> members = order.AsMemory(begin, batch);
            runner.Run(
                batch,
                AreasPerTask,
                (index, first, count) =>
                {
                    PartCollector areas = Take(idle) ?? collector();
                    var some = new PooledList<SourcePart>(2 * AreasPerTask);
                    foreach (int segment in members.Span.Slice(first, count))
                    {
                        areas.Collect(segment, some);
                    }
                    found[index] = some;
                    lock (idle)
                    {
                        idle.Push(areas);
                    }
                }
            );
            foreach (PooledList<SourcePart> some in found)
            {
                some.Items.CopyTo(parts.Add(some.Count));
                some.Dispose();
            }
            begin += batch;
            if (wanted > 0 && begin < order.Length && CountFrom(parts.Items, segments.FluxOf(order[begin])) >= wanted)
            {
                break;
            }
        }
        foreach (PartCollector areas in idle)
        {
            areas.Dispose();
        }
        if (wanted > 0 && parts.Count > wanted)
        {
            KeepBrightest(parts, wanted);
        }
        return parts;
    }

    private static PartCollector? Take(Stack<PartCollector> idle)
    {
        lock (idle)
        {
            return idle.TryPop(out PartCollector? free) ? free : null;
        }
    }

    private static int CountFrom(ReadOnlySpan<SourcePart> parts, double flux)
    {
        int count = 0;
        foreach (ref readonly SourcePart part in parts)
        {
            count += part.Flux >= flux ? 1 : 0;
        }
        return count;
    }

    /// <summary>Keeps those of highest flux in their order; of equally bright ones the first.</summary>
    private static void KeepBrightest(PooledList<SourcePart> parts, int wanted)
    {
        Span<SourcePart> items = parts.Items;
        double[] fluxes = new double[items.Length];
        for (int i = 0; i < fluxes.Length; i++)
        {
            fluxes[i] = items[i].Flux;
        }
        double faintest = Selection.Ranked<double>(fluxes, fluxes.Length - wanted).Value;
        int equal = wanted - (fluxes.Length - Selection.CountUpTo<double>(fluxes, faintest));
        int kept = 0;
        for (int i = 0; i < fluxes.Length; i++)
        {
            if (fluxes[i] > faintest || (fluxes[i] == faintest && equal-- > 0))
            {
                items[kept++] = items[i];
            }
        }
        parts.Truncate(kept);
    }

    /// <summary>The areas by falling flux where only the brightest are wanted, else in their own order.</summary>
    private static int[] BrightestFirst(Segments segments, int wanted)
    {
        int[] order = new int[segments.Count];
        double[] keys = new double[wanted > 0 ? order.Length : 0];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = -segments.FluxOf(i);
        }
        if (wanted > 0)
        {
            Array.Sort(keys, order);
        }
        return order;
    }

    // Stars of one picture share one width; what is three times as wide is something else.
    private static void MarkExtended(Source[] sources)
    {
        var widths = new List<double>();
        foreach (Source source in sources)
        {
            if (double.IsFinite(source.Fwhm) && source.SignalToNoise > 10 && (source.Flags & NotTypical) == SourceFlags.None)
            {
                widths.Add(source.Fwhm);
            }
        }
        if (widths.Count < 5)
        {
            return;
        }
        widths.Sort();
        double limit = 3 * widths[widths.Count / 2];
        for (int i = 0; i < sources.Length; i++)
        {
            if (sources[i].FwhmMinor > limit && (sources[i].Flags & SourceFlags.Saturated) == SourceFlags.None)
            {
                sources[i] = sources[i] with { Flags = sources[i].Flags | SourceFlags.Extended };
            }
        }
    }

    /// <summary>By falling flux; equal ones by row, then column. Indices are sorted and not the sources, which are wide.</summary>
    private static Source[] Sorted(Source[] sources)
    {
        int[] order = new int[sources.Length];
        double[] keys = new double[sources.Length];
        for (int i = 0; i < order.Length; i++)
        {
            (order[i], keys[i]) = (i, -sources[i].Flux);
        }
        Array.Sort(keys, order);
        var sorted = new Source[sources.Length];
        for (int i = 0; i < order.Length; i++)
        {
            sorted[i] = sources[order[i]];
        }
        for (int i = 0, end; i < sorted.Length; i = end)
        {
            for (end = i + 1; end < sorted.Length && keys[end] == keys[i]; end++) { }
            if (end > i + 1)
            {
                sorted.AsSpan(i, end - i).Sort(ByPlace);
            }
        }
        return sorted;
    }

    private static int ByPlace(Source a, Source b)
    {
        int byRow = a.Y.CompareTo(b.Y);
        return byRow != 0 ? byRow : a.X.CompareTo(b.X);
    }

    private static Source AsSource(HotPixel pixel, Image raw, MatchedFilter filter) =>
        new(
            pixel.X,
            pixel.Y,
            pixel.Value,
            pixel.Noise,
            raw[pixel.X, pixel.Y],
            double.NaN,
            double.NaN,
            double.NaN,
            double.NaN,
            1,
            pixel.Value * filter.Taps[0] * filter.Taps[0] / (pixel.Noise * filter.NoiseFactor),
            SourceFlags.HotPixel | SourceFlags.NoShape
        );

    private static void SameSize(Image image, int width, int height, string what)
    {
        if (image.Width != width || image.Height != height)
        {
            throw new ArgumentException($"The {what} has {width} × {height} pixels, the picture {image.Width} × {image.Height}.", what);
        }
    }
}
