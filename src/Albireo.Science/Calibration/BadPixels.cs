using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Calibration;

/// <summary>Maps of pixels not to be trusted, from darks and flats, and their repair for looking at.</summary>
public static class BadPixels
{
    private static readonly MedianFilter Around = new(5);

    /// <summary>Flags hot pixels.</summary>
    /// <param name="dark">Master dark, bias-free, ADU; an undefined pixel is bad.</param>
    /// <param name="options">Limits.</param>
    /// <param name="mask"><see cref="PixelQuality.BadPixel"/> is added.</param>
    /// <returns>How many were found.</returns>
    public static int AddHot(Image dark, BadPixelOptions options, PixelMask mask)
    {
        Check(dark, options, mask);
        float[] values = [.. dark.Pixels];
        var statistics = ClippedStatistics.Of(values, new ClipOptions { Spread = ClipSpread.MedianAbsoluteDeviation, MaxIterations = 10 });
        double limit = statistics.Median + Math.Max(options.HotSigma * statistics.StandardDeviation, options.HotAdu);
        return Add(mask, i => !(dark.Pixels[i] <= limit));
    }

    /// <summary>Flags pixels that are much less or more sensitive than those around them.</summary>
    /// <param name="flat">Master flat; 0 or less, or undefined, is bad.</param>
    /// <param name="options">Limits.</param>
    /// <param name="mask"><see cref="PixelQuality.BadPixel"/> is added.</param>
    /// <returns>How many were found.</returns>
    public static int AddUnresponsive(Image flat, BadPixelOptions options, PixelMask mask)
    {
        Check(flat, options, mask);
        double level = FrameLevel.Of(flat, LevelMethod.Median);
        var known = new Image(flat.Width, flat.Height);
        for (int i = 0; i < flat.Pixels.Length; i++)
        {
            known.Pixels[i] = float.IsFinite(flat.Pixels[i]) ? flat.Pixels[i] : (float)level;
        }
        var around = new Image(flat.Width, flat.Height);
        Around.Apply(known, around, BandRunner.Serial);
        return Add(
            mask,
            i =>
                !(flat.Pixels[i] > 0)
                || !(flat.Pixels[i] >= options.LowestResponse * around.Pixels[i])
                || !(flat.Pixels[i] <= options.HighestResponse * around.Pixels[i])
        );
    }

    /// <summary>
    /// Fills bad, hit and undefined pixels with the mean of their good neighbours above, below, left and right (or of all eight, where
    /// none of the four is good) and flags them as interpolated. For looking at: photometry leaves them out instead.
    /// </summary>
    /// <param name="image">Changed in place; a pixel without any good neighbour stays as it is.</param>
    /// <param name="mask">Says which pixels; <see cref="PixelQuality.Interpolated"/> is added.</param>
    /// <returns>How many were filled.</returns>
    public static int Repair(Image image, PixelMask mask)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(mask);
        Require.SameLength(image.Pixels.Length, mask.Flags.Length);
        const PixelQuality faults = PixelQuality.BadPixel | PixelQuality.CosmicRay | PixelQuality.Undefined;
        (int X, int Y)[] cross = [(0, -1), (-1, 0), (1, 0), (0, 1)];
        (int X, int Y)[] corners = [(-1, -1), (1, -1), (-1, 1), (1, 1)];
        int filled = 0;
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                if ((mask[x, y] & faults) == PixelQuality.None)
                {
                    continue;
                }
                float value = Mean(cross, x, y);
                value = float.IsNaN(value) ? Mean(corners, x, y) : value;
                if (!float.IsNaN(value))
                {
                    image[x, y] = value;
                    mask[x, y] |= PixelQuality.Interpolated;
                    filled++;
                }
            }
        }
        return filled;

        float Mean((int X, int Y)[] offsets, int x, int y)
        {
            double sum = 0;
            int count = 0;
            foreach ((int dx, int dy) in offsets)
            {
                int i = x + dx;
                int j = y + dy;
                if (i >= 0 && i < image.Width && j >= 0 && j < image.Height && (mask[i, j] & faults) == PixelQuality.None)
                {
                    sum += image[i, j];
                    count++;
                }
            }
            return count == 0 ? float.NaN : (float)(sum / count);
        }
    }

    private static int Add(PixelMask mask, Func<int, bool> isBad)
    {
        int count = 0;
        for (int i = 0; i < mask.Flags.Length; i++)
        {
            if (isBad(i))
            {
                mask.Flags[i] |= PixelQuality.BadPixel;
                count++;
            }
        }
        return count;
    }

    private static void Check(Image image, BadPixelOptions options, PixelMask mask)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(mask);
        Require.SameLength(image.Pixels.Length, mask.Flags.Length);
    }
}
