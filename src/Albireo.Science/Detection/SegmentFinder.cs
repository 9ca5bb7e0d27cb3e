using Albireo.Science.Background;
using Albireo.Science.Images;

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
    private const int SegmentsPerTask = 128;

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

        Segments segments = Segments.Join(bands);
        int[] order = BrightestFirst(segments, options.MaximumStars);
        var sources = new List<Source>();
        for (int begin = 0; begin < order.Length; )
        {
            // The brightest areas first: no source is brighter than the area that it lies in, so measuring stops when the next area
            // could add nothing to the stars that are wanted.
            int batch = options.MaximumStars > 0 ? Math.Min(order.Length - begin, options.MaximumStars) : order.Length;
            var found = new List<Source>[(batch + SegmentsPerTask - 1) / SegmentsPerTask];
            ReadOnlyMemory<int> members = order.AsMemory(begin, batch);
            runner.Run(
                batch,
                SegmentsPerTask,
                (index, first, count) =>
                {
                    var measurer = new SegmentMeasurer(image, raw ?? image, saturation, mask, segments, filter, sharpness, options);
                    found[index] = measurer.Measure(members.Span.Slice(first, count));
                }
            );
            sources.AddRange(found.SelectMany(f => f));
            begin += batch;
            if (begin < order.Length && options.MaximumStars > 0)
            {
                double next = segments.FluxOf(order[begin]);
                if (sources.Count(s => s.Flux >= next) >= options.MaximumStars)
                {
                    break;
                }
            }
        }
        if (!options.RejectHotPixels)
        {
            sources.AddRange(segments.HotPixels.Select(h => AsSource(h, raw ?? image, filter)));
        }
        MarkExtended(sources);
        sources.Sort(BrightestFirst);
        return options.MaximumStars > 0 && sources.Count > options.MaximumStars ? [.. sources.Take(options.MaximumStars)] : [.. sources];
    }

    /// <summary>The areas by falling flux where only the brightest are wanted, else in their own order.</summary>
    private static int[] BrightestFirst(Segments segments, int wanted)
    {
        int[] order = new int[segments.Count];
        double[] keys = new double[segments.Count];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
            keys[i] = wanted > 0 ? -segments.FluxOf(i) : i;
        }
        Array.Sort(keys, order);
        return order;
    }

    // Stars of one picture share one width; what is three times as wide is something else.
    private static void MarkExtended(List<Source> sources)
    {
        double[] widths =
        [
            .. sources
                .Where(s => double.IsFinite(s.Fwhm) && s.SignalToNoise > 10 && (s.Flags & NotTypical) == SourceFlags.None)
                .Select(s => s.Fwhm)
                .Order(),
        ];
        if (widths.Length < 5)
        {
            return;
        }
        double limit = 3 * widths[widths.Length / 2];
        for (int i = 0; i < sources.Count; i++)
        {
            if (sources[i].FwhmMinor > limit && (sources[i].Flags & SourceFlags.Saturated) == SourceFlags.None)
            {
                sources[i] = sources[i] with { Flags = sources[i].Flags | SourceFlags.Extended };
            }
        }
    }

    private static int BrightestFirst(Source a, Source b)
    {
        int byFlux = b.Flux.CompareTo(a.Flux);
        int byRow = byFlux != 0 ? byFlux : a.Y.CompareTo(b.Y);
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
