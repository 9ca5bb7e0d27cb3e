using System.Numerics.Tensors;
using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
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
        (Image Image, FrameInfo Info, PixelRegion Kept)[] four = [.. frames.Select(f => Read(f, cancellation))];
        int other = Array.FindIndex(four, f => f.Image.Width != four[0].Image.Width || f.Image.Height != four[0].Image.Height);
        if (other > 0)
        {
            throw new AlbireoException(
                Failure.NoResult,
                $"{frames[other]} is {Size(four[other].Image)}, {frames[0]} {Size(four[0].Image)}: they do not go together."
            );
        }
        foreach (PixelRegion region in regions)
        {
            if (region.EndColumn > four[0].Image.Width || region.EndRow > four[0].Image.Height)
            {
                throw new AlbireoException(
                    Failure.Usage,
                    $"--region {region.FirstColumn}:{region.EndColumn},{region.FirstRow}:{region.EndRow} reaches beyond the {Size(four[0].Image)} pixels of {frames[0]}."
                );
            }
        }
        try
        {
            PixelRegion kept = four[0].Kept;
            PixelRegion[] parts = regions.Count > 0 ? [.. regions] : Tiles(kept);
            DetectorEstimate noise = DetectorNoise.Measure(four[0].Image, four[1].Image, four[2].Image, four[3].Image, parts);
            if (darks.Count == 0)
            {
                return new DetectorMeasurement(noise, null, null, null);
            }
            (Image longer, double longSeconds, Image shorter, double shortSeconds) = TwoDarks(darks, cancellation);
            DarkCurrentEstimate dark = DetectorNoise.DarkCurrent(
                longer,
                longSeconds,
                shorter,
                shortSeconds,
                noise.GainElectronsPerAdu,
                regions.Count == 1 ? regions[0] : kept
            );
            return new DetectorMeasurement(noise, dark, shortSeconds, longSeconds);
        }
        catch (ArgumentException e)
        {
            string names = string.Join(", ", frames);
            throw new AlbireoException(Failure.NoResult, $"{names}: {e.Message.Split(" (Parameter", StringSplitOptions.None)[0]}", e);
        }
    }

    private static string Size(Image image) => $"{image.Width} × {image.Height}";

    /// <summary>A grid over a whole picture.</summary>
    internal static PixelRegion[] Tiles(Image image) => Tiles(new PixelRegion(0, image.Width, 0, image.Height));

    /// <summary>A grid, so that the scatter over the frame shows in the errors; small frames are one tile.</summary>
    private static PixelRegion[] Tiles(PixelRegion whole)
    {
        int across = Math.Min(whole.Width, whole.Height) < 64 * TilesAcross ? 1 : TilesAcross;
        var tiles = new List<PixelRegion>();
        for (int j = 0; j < across; j++)
        {
            for (int i = 0; i < across; i++)
            {
                tiles.Add(
                    new PixelRegion(
                        whole.FirstColumn + (whole.Width * i / across),
                        whole.FirstColumn + (whole.Width * (i + 1) / across),
                        whole.FirstRow + (whole.Height * j / across),
                        whole.FirstRow + (whole.Height * (j + 1) / across)
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
        (Image Image, double? Seconds)[] read = [.. darks.Select(d => Read(d, cancellation)).Select(r => (r.Image, SecondsOf(r.Info)))];
        for (int i = 0; i < read.Length; i++)
        {
            if (read[i].Seconds is null)
            {
                throw new AlbireoException(Failure.Input, $"{darks[i]} does not say its exposure (EXPTIME, EXPOSURE …).");
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
            // The plain mean: what does not belong is clipped over the picture, and clipping along so few frames would favour low counts.
            foreach (Image dark in alike)
            {
                TensorPrimitives.MultiplyAdd(dark.Pixels, 1f / alike.Length, result.Pixels, result.Pixels);
            }
            return result;
        }
    }

    /// <summary>A bias is a dark of 0 s, also where its header has no exposure.</summary>
    private static double? SecondsOf(FrameInfo info) =>
        info.ExposureSeconds?.Value ?? (info.EffectiveKind.Unmastered() == FrameKind.Bias ? 0 : null);

    /// <summary>
    /// The picture, what its header says, and what of it sees the sky. The level of its overscan is subtracted, so that a bias level that
    /// drifts from frame to frame is no light.
    /// </summary>
    private static (Image Image, FrameInfo Info, PixelRegion Kept) Read(string path, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        FrameInfo info = FrameFile.Read(path, TelescopeLibrary.Open(TelescopeLibrary.UserFolder), profile: null);
        if (info.Problem is not null)
        {
            throw new AlbireoException(Failure.Input, info.Problem);
        }
        using FitsFile file = FitsFile.Open(path);
        FitsImage picture = (info.LeftOut is null ? file.Hdu(info.Hdu) as FitsImage : null) ?? file.FirstImage();
        var image = new Image(picture.Width, picture.Height);
        picture.ReadRows(0, picture.Height, image.Pixels);
        ReadoutLayout layout = ReadoutLayout.Of(info, new CalibrateOptions());
        if (layout.Overscan is { } strip)
        {
            float level = (float)FrameLevel.Of(image, LevelMethod.Median, strip);
            TensorPrimitives.Subtract(image.Pixels, level, image.Pixels);
        }
        return (image, info, layout.Kept);
    }
}
