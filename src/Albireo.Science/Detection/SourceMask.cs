using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Detection;

/// <summary>
/// Where the sources are, so that the sky can be measured beside them: connected pixels above a global threshold, widened by a
/// square. The definition is photutils 1.6's make_source_mask (8-connected).
/// </summary>
public static class SourceMask
{
    /// <summary>Makes the mask.</summary>
    /// <param name="image">The picture; NaN pixels are no sources.</param>
    /// <param name="options">How.</param>
    /// <returns>Row-major [height, width]: true on sources and around them.</returns>
    public static bool[] Make(Image image, SourceMaskOptions options)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(options);
        float[] values = image.Pixels.ToArray();
        ClippedStatistics sky = ClippedStatistics.Of(values, options.Clip);
        var mask = new bool[image.Width * image.Height];
        if (sky.Count == 0)
        {
            return mask;
        }
        using Segments segments = ThresholdRuns.Connect(image, sky.Mean + (options.ThresholdSigma * sky.StandardDeviation));
        for (int i = 0; i < segments.Count; i++)
        {
            ReadOnlySpan<int> runs = segments.RunsOf(i);
            int pixels = 0;
            foreach (int r in runs)
            {
                pixels += segments.Runs[r].Length;
            }
            if (pixels < options.MinimumPixels)
            {
                continue;
            }
            foreach (int r in runs)
            {
                PixelRun run = segments.Runs[r];
                mask.AsSpan((run.Y * image.Width) + run.Start, run.Length).Fill(true);
            }
        }
        return options.DilationPixels == 1 ? mask : Dilate(mask, image.Width, image.Height, options.DilationPixels / 2);
    }

    /// <summary>Widens a mask by a square of 2·<paramref name="radius"/> + 1 pixels.</summary>
    /// <param name="mask">Row-major [height, width].</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="radius">Pixels to each side.</param>
    public static bool[] Dilate(bool[] mask, int width, int height, int radius)
    {
        ArgumentNullException.ThrowIfNull(mask);
        Require.SameLength(width * height, mask.Length);
        Require.NotNegative(radius);
        var wide = new bool[mask.Length];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<bool> row = mask.AsSpan(y * width, width);
            Span<bool> target = wide.AsSpan(y * width, width);
            int filled = 0;
            for (int x = row.IndexOf(true); x >= 0 && x < width; x++)
            {
                if (row[x])
                {
                    int from = Math.Max(filled, x - radius);
                    filled = Math.Min(width, x + radius + 1);
                    target[from..filled].Fill(true);
                }
            }
        }
        var result = new bool[mask.Length];
        for (int y = 0; y < height; y++)
        {
            Span<bool> target = result.AsSpan(y * width, width);
            for (int other = Math.Max(0, y - radius); other <= Math.Min(height - 1, y + radius); other++)
            {
                ReadOnlySpan<bool> row = wide.AsSpan(other * width, width);
                for (int x = 0; x < width; x++)
                {
                    target[x] |= row[x];
                }
            }
        }
        return result;
    }
}
