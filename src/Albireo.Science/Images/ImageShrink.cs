using Albireo.Science.Numerics;

namespace Albireo.Science.Images;

/// <summary>Makes big pictures small enough to look at.</summary>
public static class ImageShrink
{
    /// <summary>The least whole factor by which a picture must be shrunk to fit.</summary>
    public static int FactorToFit(int width, int height, int maximumWidth, int maximumHeight)
    {
        Require.Positive(width);
        Require.Positive(height);
        int across = (width + Require.Positive(maximumWidth) - 1) / maximumWidth;
        int down = (height + Require.Positive(maximumHeight) - 1) / maximumHeight;
        return Math.Max(1, Math.Max(across, down));
    }

    /// <summary>
    /// Each pixel of the result is the mean of the defined ones of a <paramref name="factor"/> × <paramref name="factor"/> block (less at
    /// the right and upper edges), NaN where there is none: no star falls between the pixels that are kept.
    /// </summary>
    /// <param name="image">Left as it is.</param>
    /// <param name="factor">1 gives a copy.</param>
    public static Image ByArea(Image image, int factor)
    {
        ArgumentNullException.ThrowIfNull(image);
        Require.Positive(factor);
        var small = new Image((image.Width + factor - 1) / factor, (image.Height + factor - 1) / factor);
        double[] sums = new double[small.Width];
        int[] counts = new int[small.Width];
        for (int y = 0; y < small.Height; y++)
        {
            sums.AsSpan().Clear();
            counts.AsSpan().Clear();
            int last = Math.Min(image.Height, (y + 1) * factor);
            for (int row = y * factor; row < last; row++)
            {
                AddRow(image.Row(row), factor, sums, counts);
            }
            Span<float> result = small.Row(y);
            for (int x = 0; x < result.Length; x++)
            {
                result[x] = counts[x] > 0 ? (float)(sums[x] / counts[x]) : float.NaN;
            }
        }
        return small;
    }

    private static void AddRow(ReadOnlySpan<float> row, int factor, double[] sums, int[] counts)
    {
        int block = 0;
        for (int start = 0; start < row.Length; start += factor, block++)
        {
            foreach (float value in row.Slice(start, Math.Min(factor, row.Length - start)))
            {
                if (!float.IsNaN(value))
                {
                    sums[block] += value;
                    counts[block]++;
                }
            }
        }
    }
}
