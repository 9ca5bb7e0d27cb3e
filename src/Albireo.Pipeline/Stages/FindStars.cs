using System.Numerics.Tensors;
using Albireo.Pipeline.Options;
using Albireo.Science.Background;
using Albireo.Science.Detection;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Stages;

/// <summary>Background and stars of one picture, by any of the methods.</summary>
public static class FindStars
{
    /// <summary>Finds them.</summary>
    /// <param name="image">Calibrated counts, background included.</param>
    /// <param name="mask">What is wrong with which pixel, or null.</param>
    /// <param name="raw">Raw counts of the same size, for peaks and saturation.</param>
    /// <param name="saturation">Raw counts at which a pixel is saturated; NaN if not known.</param>
    /// <param name="options">How.</param>
    /// <param name="scratch">A picture of the same size to write into; asked for by the methods that need one.</param>
    /// <param name="runner">Who runs the bands; the result does not depend on it.</param>
    public static FoundStars In(
        Image image,
        PixelMask? mask,
        Image raw,
        double saturation,
        DetectOptions options,
        Func<Image> scratch,
        BandRunner runner
    )
    {
        if (Background(image, mask, options, runner) is not { } background)
        {
            return new FoundStars(null, [], []);
        }
        if (options.Method == FindMethod.Segments)
        {
            Source[] sources = SegmentFinder.Find(
                image,
                background.LevelRow,
                background.RmsRow,
                mask,
                raw,
                saturation,
                options.Stars,
                runner
            );
            return new FoundStars(background, sources, SegmentColumns(sources));
        }
        Image clean = scratch();
        Describe describe = (positions, fwhm) =>
            SourceDescription.Of(
                clean,
                p => background.RmsAt(p.X, p.Y),
                mask,
                raw,
                saturation,
                positions,
                fwhm,
                options.Stars.SharpestFwhmPixels
            );
        Subtract(image, background, options.Method == FindMethod.Peaks ? SkySubtraction.Map : options.Subtract, clean, runner);
        return options.Method switch
        {
            FindMethod.Iraf => Iraf(clean, mask, background, options.Iraf, describe, runner),
            FindMethod.Dao => Dao(clean, mask, background, options.Dao, describe, runner),
            _ => Peaks(image, background, options, describe),
        };
    }

    private delegate Source[] Describe(IReadOnlyList<PixelPosition> positions, double fwhmPixels);

    /// <summary>Null where not one box shows sky.</summary>
    private static BackgroundMap? Background(Image image, PixelMask? mask, DetectOptions options, BandRunner runner)
    {
        try
        {
            bool[]? sources = options.MaskSources ? SourceMask.Make(image, options.SourceMask) : null;
            return BackgroundMesh.Measure(image, mask, sources, options.Background, runner);
        }
        catch (EmptyBackgroundException)
        {
            return null;
        }
    }

    private static void Subtract(Image image, BackgroundMap background, SkySubtraction what, Image clean, BandRunner runner) =>
        runner.Run(
            image.Height,
            64,
            (_, first, count) =>
            {
                for (int y = first; y < first + count; y++)
                {
                    Span<float> row = clean.Row(y);
                    if (what == SkySubtraction.Map)
                    {
                        background.LevelRow(y, row);
                        TensorPrimitives.Subtract(image.Row(y), row, row);
                    }
                    else
                    {
                        float level = what == SkySubtraction.Median ? (float)background.MedianLevel : 0;
                        TensorPrimitives.Subtract(image.Row(y), level, row);
                    }
                }
            }
        );

    private static IReadOnlyList<FoundColumn> SegmentColumns(Source[] sources) =>
        [
            new("fwhm_major", "pixel", Array.ConvertAll(sources, s => s.FwhmMajor)),
            new("fwhm_minor", "pixel", Array.ConvertAll(sources, s => s.FwhmMinor)),
            new("angle", "deg", Array.ConvertAll(sources, s => s.AngleDegrees)),
            new("snr", null, Array.ConvertAll(sources, s => s.SignalToNoise)),
            new("npix", null, Array.ConvertAll(sources, s => (double)s.PixelCount), IsCount: true),
        ];

    private static FoundStars Iraf(
        Image clean,
        PixelMask? mask,
        BackgroundMap background,
        IrafFinderOptions options,
        Describe describe,
        BandRunner runner
    )
    {
        IrafStar[] stars = [.. IrafStarFinder.Find(clean, mask, options.For(background.MedianRms), runner).OrderByDescending(s => s.Flux)];
        Source[] described = describe([.. stars.Select(s => new PixelPosition(s.X, s.Y))], options.FwhmPixels);
        Source[] sources =
        [
            .. described.Select(
                (s, i) =>
                    s with
                    {
                        Flux = stars[i].Flux,
                        FluxError = background.RmsAt(s.X, s.Y) * Math.Sqrt(stars[i].PixelCount),
                        Fwhm = stars[i].Fwhm,
                        PixelCount = stars[i].PixelCount,
                    }
            ),
        ];
        return new FoundStars(
            background,
            sources,
            [
                new("sharpness", null, Array.ConvertAll(stars, s => s.Sharpness)),
                new("roundness", null, Array.ConvertAll(stars, s => s.Roundness)),
                new("pa", "deg", Array.ConvertAll(stars, s => s.PositionAngleDegrees)),
                new("npix", null, Array.ConvertAll(stars, s => (double)s.PixelCount), IsCount: true),
                new("sky", "adu", Array.ConvertAll(stars, s => s.Sky)),
                new("peak_above_sky", "adu", Array.ConvertAll(stars, s => s.Peak)),
                new("mag", "mag", Array.ConvertAll(stars, s => s.Magnitude)),
            ]
        );
    }

    private static FoundStars Dao(
        Image clean,
        PixelMask? mask,
        BackgroundMap background,
        DaoFinderOptions options,
        Describe describe,
        BandRunner runner
    )
    {
        DaoStar[] stars = [.. DaoStarFinder.Find(clean, mask, options.For(background.MedianRms), runner).OrderByDescending(s => s.Flux)];
        Source[] described = describe([.. stars.Select(s => new PixelPosition(s.X, s.Y))], options.FwhmPixels);
        // DAOFIND's flux counts in thresholds, and the threshold is so many σ of the convolved picture.
        Source[] sources =
        [
            .. described.Select(
                (s, i) => s with { Flux = stars[i].Flux, FluxError = 1 / options.ThresholdSigma, PixelCount = stars[i].PixelCount }
            ),
        ];
        return new FoundStars(
            background,
            sources,
            [
                new("sharpness", null, Array.ConvertAll(stars, s => s.Sharpness)),
                new("roundness1", null, Array.ConvertAll(stars, s => s.Roundness1)),
                new("roundness2", null, Array.ConvertAll(stars, s => s.Roundness2)),
                new("npix", null, Array.ConvertAll(stars, s => (double)s.PixelCount), IsCount: true),
                new("sky", "adu", Array.ConvertAll(stars, s => s.Sky)),
                new("peak_above_sky", "adu", Array.ConvertAll(stars, s => s.Peak)),
                new("mag", "mag", Array.ConvertAll(stars, s => s.Magnitude)),
            ]
        );
    }

    private static FoundStars Peaks(Image image, BackgroundMap background, DetectOptions options, Describe describe)
    {
        SegmentedPeak[] stars = SegmentedPeaks.Find(image, options.Peaks);
        Source[] described = describe([.. stars.Select(s => new PixelPosition(s.X, s.Y))], options.Stars.KernelFwhmPixels);
        Source[] sources =
        [
            .. described.Select(
                (s, i) =>
                    s with
                    {
                        Flux = stars[i].Flux,
                        FluxError = background.RmsAt(s.X, s.Y) * Math.Sqrt(stars[i].PixelCount),
                        PixelCount = stars[i].PixelCount,
                    }
            ),
        ];
        return new FoundStars(
            background,
            sources,
            [
                new("area", null, Array.ConvertAll(stars, s => (double)s.PixelCount), IsCount: true),
                new("axis_major", "pixel", Array.ConvertAll(stars, s => s.MajorAxisPixels)),
                new("axis_minor", "pixel", Array.ConvertAll(stars, s => s.MinorAxisPixels)),
                new("highest", "adu", Array.ConvertAll(stars, s => s.Peak)),
            ]
        );
    }
}
