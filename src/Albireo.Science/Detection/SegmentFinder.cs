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
        using PooledList<SourcePart> parts = BrightestParts.Of(
            segments,
            () => new PartCollector(image, raw ?? image, saturation, mask, segments, filter, sharpness, options),
            options.MaximumStars,
            runner
        );
        using var sources = new PooledList<Source>(parts.Count + segments.HotPixels.Length);
        sources.Extend(parts.Count);
        runner.Run(
            parts.Count,
            PartsPerTask,
            (_, first, count) =>
            {
                using var measurer = new SourceMeasurer(image, mask, segments, filter);
                for (int i = first; i < first + count; i++)
                {
                    sources.Items[i] = measurer.Measure(parts.Items[i]);
                }
            }
        );
        if (!options.RejectHotPixels)
        {
            foreach (HotPixel hot in segments.HotPixels)
            {
                sources.Add(AsSource(hot, raw ?? image, filter));
            }
        }
        MarkExtended(sources.Items);
        return Brightest(sources, options.MaximumStars > 0 ? Math.Min(sources.Count, options.MaximumStars) : sources.Count);
    }

    // Stars of one picture share one width; what is three times as wide is something else.
    private static void MarkExtended(Span<Source> sources)
    {
        using var widths = new PooledList<double>(sources.Length);
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
        widths.Items.Sort();
        double limit = 3 * widths.Items[widths.Count / 2];
        for (int i = 0; i < sources.Length; i++)
        {
            if (sources[i].FwhmMinor > limit && (sources[i].Flags & SourceFlags.Saturated) == SourceFlags.None)
            {
                sources[i] = sources[i] with { Flags = sources[i].Flags | SourceFlags.Extended };
            }
        }
    }

    /// <summary>By falling flux; equal ones by row, then column. Indices are sorted and not the sources, which are wide.</summary>
    private static Source[] Brightest(PooledList<Source> sources, int wanted)
    {
        using var numbers = new PooledList<int>(sources.Count);
        using var fluxes = new PooledList<double>(sources.Count);
        Span<int> order = numbers.Extend(sources.Count);
        Span<double> keys = fluxes.Extend(sources.Count);
        for (int i = 0; i < order.Length; i++)
        {
            (order[i], keys[i]) = (i, -sources.Items[i].Flux);
        }
        keys.Sort(order);
        for (int i = 0, end; i < order.Length; i = end)
        {
            for (end = i + 1; end < order.Length && keys[end] == keys[i]; end++) { }
            if (end > i + 1)
            {
                SortByPlace(sources, order[i..end]);
            }
        }
        var brightest = new Source[wanted];
        for (int i = 0; i < wanted; i++)
        {
            brightest[i] = sources.Items[order[i]];
        }
        return brightest;
    }

    private static void SortByPlace(PooledList<Source> sources, Span<int> order) =>
        order.Sort(
            (i, j) =>
            {
                (Source a, Source b) = (sources.Items[i], sources.Items[j]);
                int byRow = a.Y.CompareTo(b.Y);
                return byRow != 0 ? byRow : a.X.CompareTo(b.X);
            }
        );

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
