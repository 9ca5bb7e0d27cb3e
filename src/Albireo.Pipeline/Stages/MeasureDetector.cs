using Albireo.Fits;
using Albireo.Science.Calibration;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Stages;

/// <summary>Gain and read noise from two bias and two flat frames, dark current from darks of two exposures.</summary>
public static class MeasureDetector
{
    private const int TilesAcross = 4;

    /// <param name="frames">Bias, bias, flat, flat.</param>
    /// <param name="darks">None, or darks of two exposures; several of one exposure are combined first.</param>
    /// <param name="regions">Where, or none for a grid of 4 × 4 over the whole frame.</param>
    /// <param name="cancellation">Stops between frames.</param>
    /// <exception cref="AlbireoException">Frames of different sizes, or ones that cannot tell.</exception>
    public static DetectorMeasurement Run(
        IReadOnlyList<string> frames,
        IReadOnlyList<string> darks,
        IReadOnlyList<PixelRegion> regions,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentNullException.ThrowIfNull(darks);
        ArgumentNullException.ThrowIfNull(regions);
        try
        {
            Image[] images = [.. frames.Select(f => Read(f, cancellation).Image)];
            PixelRegion[] parts = regions.Count > 0 ? [.. regions] : Tiles(images[0]);
            DetectorEstimate noise = DetectorNoise.Measure(images[0], images[1], images[2], images[3], parts);
            if (darks.Count == 0)
            {
                return new DetectorMeasurement(noise, null, null, null);
            }
            (Image longer, double longSeconds, Image shorter, double shortSeconds) = TwoDarks(darks, cancellation);
            DarkCurrentEstimate dark = DetectorNoise.DarkCurrent(longer, longSeconds, shorter, shortSeconds, noise.GainElectronsPerAdu);
            return new DetectorMeasurement(noise, dark, shortSeconds, longSeconds);
        }
        catch (ArgumentException e)
        {
            throw new AlbireoException(Failure.NoResult, e.Message.Split(" (Parameter", StringSplitOptions.None)[0], e);
        }
    }

    /// <summary>A grid, so that the scatter over the frame shows in the errors; small frames are one tile.</summary>
    internal static PixelRegion[] Tiles(Image image)
    {
        int across = Math.Min(image.Width, image.Height) < 64 * TilesAcross ? 1 : TilesAcross;
        var tiles = new List<PixelRegion>();
        for (int j = 0; j < across; j++)
        {
            for (int i = 0; i < across; i++)
            {
                tiles.Add(
                    new PixelRegion(
                        image.Width * i / across,
                        image.Width * (i + 1) / across,
                        image.Height * j / across,
                        image.Height * (j + 1) / across
                    )
                );
            }
        }
        return [.. tiles];
    }

    private static (Image Longer, double LongSeconds, Image Shorter, double ShortSeconds) TwoDarks(
        IReadOnlyList<string> darks,
        CancellationToken cancellation
    )
    {
        (Image Image, double? Seconds)[] read = [.. darks.Select(d => Read(d, cancellation))];
        for (int i = 0; i < read.Length; i++)
        {
            if (read[i].Seconds is null)
            {
                throw new AlbireoException(Failure.Input, $"{darks[i]} does not say its exposure (EXPTIME, EXPOSURE).");
            }
        }
        double[] exposures = [.. read.Select(r => r.Seconds!.Value).Distinct().Order()];
        return exposures.Length == 2
            ? (Combined(exposures[1]), exposures[1], Combined(exposures[0]), exposures[0])
            : throw new AlbireoException(
                Failure.Usage,
                $"--darks: darks of two exposures are needed; these have {exposures.Length} ({string.Join(", ", exposures)} s)."
            );

        Image Combined(double seconds)
        {
            Image[] alike = [.. read.Where(r => r.Seconds == seconds).Select(r => r.Image)];
            var result = new Image(alike[0].Width, alike[0].Height);
            if (alike.Any(a => a.Width != result.Width || a.Height != result.Height))
            {
                throw new AlbireoException(Failure.Input, "--darks: the darks have different sizes.");
            }
            Stacking.Combine(
                [.. alike.Select(a => (ReadOnlyMemory<float>)a.Buffer)],
                result.Pixels.Length,
                StackTerms.None,
                new StackOptions { MinimumSpread = 0.5 },
                result.Pixels,
                [],
                []
            );
            return result;
        }
    }

    private static (Image Image, double? Seconds) Read(string path, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using FitsFile file = FitsFile.Open(path);
        FitsImage picture = file.FirstImage();
        var image = new Image(picture.Width, picture.Height);
        picture.ReadRows(0, picture.Height, image.Pixels);
        return (image, picture.Header.Real("EXPTIME") ?? picture.Header.Real("EXPOSURE"));
    }
}
