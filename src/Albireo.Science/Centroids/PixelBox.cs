using Albireo.Science.Detection;
using Albireo.Science.Images;

namespace Albireo.Science.Centroids;

/// <summary>The pixels around a position that count in a fit: finite, not masked, within a circle.</summary>
internal readonly struct PixelBox
{
    private PixelBox(double[] x, double[] y, double[] value, double[] weight)
    {
        X = x;
        Y = y;
        Value = value;
        Weight = weight;
    }

    /// <summary>Columns, relative to the middle of the circle.</summary>
    public double[] X { get; }

    /// <summary>Rows, relative to the middle.</summary>
    public double[] Y { get; }

    /// <summary>Pixel values.</summary>
    public double[] Value { get; }

    /// <summary>1 / variance of each pixel, or 1.</summary>
    public double[] Weight { get; }

    public int Count => X.Length;

    /// <summary>Gathers the pixels whose centres lie within <paramref name="radius"/> of a position.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="mask">Bad, cosmic-ray and undefined pixels are left out; saturated ones too.</param>
    /// <param name="centre">Middle of the circle.</param>
    /// <param name="radius">Pixels.</param>
    /// <param name="noise">σ of the background; NaN: all pixels weigh alike.</param>
    /// <param name="sky">Level above which photons add noise.</param>
    /// <param name="gain">Electrons a count; NaN: photon noise unknown.</param>
    public static PixelBox Around(
        Image image,
        PixelMask? mask,
        PixelPosition centre,
        double radius,
        double noise = double.NaN,
        double sky = 0,
        double gain = double.NaN
    )
    {
        var x = new List<double>();
        var y = new List<double>();
        var value = new List<double>();
        var weight = new List<double>();
        int left = Math.Max(0, (int)Math.Ceiling(centre.X - radius));
        int right = Math.Min(image.Width - 1, (int)Math.Floor(centre.X + radius));
        int top = Math.Max(0, (int)Math.Ceiling(centre.Y - radius));
        int bottom = Math.Min(image.Height - 1, (int)Math.Floor(centre.Y + radius));
        for (int row = top; row <= bottom; row++)
        {
            for (int column = left; column <= right; column++)
            {
                double dx = column - centre.X;
                double dy = row - centre.Y;
                float pixel = image[column, row];
                bool counts = mask is null || (PixelUse.Counts(mask[column, row]) && !mask[column, row].HasFlag(PixelQuality.Saturated));
                if ((dx * dx) + (dy * dy) > radius * radius || !float.IsFinite(pixel) || !counts)
                {
                    continue;
                }
                double variance = double.IsNaN(noise) ? 1 : noise * noise;
                if (!double.IsNaN(noise) && gain > 0)
                {
                    variance += Math.Max(0, pixel - sky) / gain;
                }
                x.Add(dx);
                y.Add(dy);
                value.Add(pixel);
                weight.Add(variance > 0 ? 1 / variance : 1);
            }
        }
        return new PixelBox([.. x], [.. y], [.. value], [.. weight]);
    }
}
