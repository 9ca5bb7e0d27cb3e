using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Calibration;

/// <summary>
/// Takes away how the bias level drifts from line to line during a readout, where no overscan tells it: what the sky of each line shows.
/// The frame keeps its level; what the sky itself does from line to line goes too. The noise of a line's level is
/// <c>√(π/(2n))</c> of a pixel's, n pixels in the line: 4 % of it in 1000 pixels.
/// </summary>
public static class LevelDrift
{
    /// <summary>Stars, cosmic rays and hot pixels are no sky.</summary>
    private static readonly ClipOptions Sky = new()
    {
        SigmaLow = 2.5,
        SigmaHigh = 2.5,
        MaxIterations = 4,
        Center = ClipCenter.Median,
    };

    /// <summary>Subtracts from each row the clipped median of its pixels, less the mean of these medians over all rows.</summary>
    /// <param name="image">Changed in place; undefined pixels are left out and stay.</param>
    public static void RemoveFromRows(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var values = new float[image.Width];
        var levels = new float[image.Height];
        for (int y = 0; y < image.Height; y++)
        {
            image.Row(y).CopyTo(values);
            levels[y] = Level(values);
        }
        TakeMeanAway(levels);
        for (int y = 0; y < image.Height; y++)
        {
            foreach (ref float pixel in image.Row(y))
            {
                pixel -= levels[y];
            }
        }
    }

    /// <summary>The same for columns.</summary>
    /// <param name="image">Changed in place; undefined pixels are left out and stay.</param>
    public static void RemoveFromColumns(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var values = new float[image.Height];
        var levels = new float[image.Width];
        for (int x = 0; x < image.Width; x++)
        {
            for (int y = 0; y < image.Height; y++)
            {
                values[y] = image[x, y];
            }
            levels[x] = Level(values);
        }
        TakeMeanAway(levels);
        for (int y = 0; y < image.Height; y++)
        {
            Span<float> row = image.Row(y);
            for (int x = 0; x < row.Length; x++)
            {
                row[x] -= levels[x];
            }
        }
    }

    private static float Level(Span<float> values) => (float)ClippedStatistics.Of(values, Sky).Median;

    /// <summary>A line without a defined pixel has no level and no drift.</summary>
    private static void TakeMeanAway(Span<float> levels)
    {
        (double sum, int count) = (0, 0);
        foreach (float level in levels)
        {
            if (float.IsFinite(level))
            {
                sum += level;
                count++;
            }
        }
        foreach (ref float level in levels)
        {
            level = float.IsFinite(level) ? (float)(level - (sum / count)) : 0;
        }
    }
}
