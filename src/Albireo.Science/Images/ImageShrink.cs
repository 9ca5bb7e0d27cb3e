using System.Numerics;
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
        ByArea(image, factor, 0, 0, small);
        return small;
    }

    /// <summary>A part of the same: <paramref name="result"/> begins at a block of the picture.</summary>
    /// <param name="image">Left as it is.</param>
    /// <param name="factor">1 gives a copy.</param>
    /// <param name="firstColumn">Block of the first column of the result.</param>
    /// <param name="firstRow">Block of its first row.</param>
    /// <param name="result">As large as wanted; all of it lies within the picture's blocks.</param>
    public static void ByArea(Image image, int factor, int firstColumn, int firstRow, Image result)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(result);
        Require.Positive(factor);
        int left = checked(Require.NotNegative(firstColumn) * factor);
        int bottom = checked(Require.NotNegative(firstRow) * factor);
        int across = Math.Min(image.Width - left, result.Width * factor);
        double[] sums = new double[across];
        for (int y = 0; y < result.Height; y++)
        {
            int row = bottom + (y * factor);
            int height = Math.Min(factor, image.Height - row);
            sums.AsSpan().Clear();
            for (int r = row; r < row + height; r++)
            {
                Add(image.Row(r).Slice(left, across), sums);
            }
            Span<float> means = result.Row(y);
            for (int x = 0; x < means.Length; x++)
            {
                int width = Math.Min(factor, across - (x * factor));
                double sum = 0;
                foreach (double column in sums.AsSpan(x * factor, width))
                {
                    sum += column;
                }
                means[x] = double.IsNaN(sum) ? OfDefined(image, left + (x * factor), row, width, height) : (float)(sum / (width * height));
            }
        }
    }

    /// <summary>Column by column: <c>sums += row</c>.</summary>
    private static void Add(ReadOnlySpan<float> row, Span<double> sums)
    {
        int i = 0;
        for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(row[i..]), out Vector<double> low, out Vector<double> high);
            Span<double> at = sums[i..];
            (new Vector<double>(at) + low).CopyTo(at);
            at = at[Vector<double>.Count..];
            (new Vector<double>(at) + high).CopyTo(at);
        }
        for (; i < row.Length; i++)
        {
            sums[i] += row[i];
        }
    }

    private static float OfDefined(Image image, int left, int bottom, int width, int height)
    {
        (double sum, int count) = (0, 0);
        for (int y = bottom; y < bottom + height; y++)
        {
            foreach (float value in image.Row(y).Slice(left, width))
            {
                (sum, count) = float.IsNaN(value) ? (sum, count) : (sum + value, count + 1);
            }
        }
        return count > 0 ? (float)(sum / count) : float.NaN;
    }
}
