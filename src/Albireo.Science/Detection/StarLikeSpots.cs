using System.Runtime.Intrinsics;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Detection;

/// <summary>
/// Counts spots that are brighter than the sky around them together with their neighbours, as stars are and hot pixels are not: a cheap
/// look at frames that should show none.
/// </summary>
public static class StarLikeSpots
{
    private const int Reach = 6;
    private const int LargestSample = 20_000;
    private const double PeakSigma = 10;
    private const double NeighbourSigma = 5;

    /// <summary>Local maxima above 10 σ of whose four neighbours three lie 5 σ above the ring of radius 6 around them.</summary>
    public static int Count(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        (double level, double sigma) = Level(image.Pixels);
        if (!(sigma > 0) || image.Width <= 2 * Reach || image.Height <= 2 * Reach)
        {
            return 0;
        }
        int found = 0;
        ReadOnlySpan<float> p = image.Pixels;
        int w = image.Width;
        double threshold = level + (PeakSigma * sigma);
        var faint = Vector512.Create((float)threshold); // no pixel below it is above the threshold
        for (int y = Reach; y < image.Height - Reach; y++)
        {
            int end = ((y + 1) * w) - Reach;
            for (int i = (y * w) + Reach; i < end; i++)
            {
                while (i <= end - Vector512<float>.Count && !Vector512.GreaterThanOrEqualAny(Vector512.Create(p[i..]), faint))
                {
                    i += Vector512<float>.Count; // most of a frame
                }
                if (i < end && p[i] > threshold && IsLocalMaximum(p, i, w) && IsBroad(p, i, w, sigma))
                {
                    found++;
                }
            }
        }
        return found;
    }

    private static bool IsLocalMaximum(ReadOnlySpan<float> p, int i, int w) =>
        p[i] >= p[i - 1]
        && p[i] > p[i + 1]
        && p[i] >= p[i - w]
        && p[i] > p[i + w]
        && p[i] >= p[i - w - 1]
        && p[i] >= p[i - w + 1]
        && p[i] >= p[i + w - 1]
        && p[i] >= p[i + w + 1];

    private static bool IsBroad(ReadOnlySpan<float> p, int i, int w, double sigma)
    {
        // The second lowest neighbour: two hot pixels side by side are no star.
        (float a, float b) = (Math.Min(p[i - 1], p[i + 1]), Math.Max(p[i - 1], p[i + 1]));
        (float c, float d) = (Math.Min(p[i - w], p[i + w]), Math.Max(p[i - w], p[i + w]));
        double near = Math.Min(Math.Max(a, c), Math.Min(b, d));
        double far =
            (
                (double)p[i - Reach]
                + p[i + Reach]
                + p[i - (Reach * w)]
                + p[i + (Reach * w)]
                + p[i - (4 * w) - 4]
                + p[i - (4 * w) + 4]
                + p[i + (4 * w) - 4]
                + p[i + (4 * w) + 4]
            ) / 8;
        return near - far > NeighbourSigma * sigma;
    }

    /// <summary>Median and 1.4826 · median absolute deviation of an even sample of the pixels.</summary>
    private static (double Level, double Sigma) Level(ReadOnlySpan<float> pixels)
    {
        // A step without a common factor with usual widths, so that no column is sampled alone.
        int step = Math.Max(1, pixels.Length / LargestSample) | 1;
        var sample = new List<float>(pixels.Length / step + 1);
        for (int i = 0; i < pixels.Length; i += step)
        {
            if (float.IsFinite(pixels[i]))
            {
                sample.Add(pixels[i]);
            }
        }
        if (sample.Count == 0)
        {
            return (double.NaN, double.NaN);
        }
        float[] values = [.. sample];
        float median = Medians.Of(values.AsSpan());
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Math.Abs(values[i] - median);
        }
        // Whole counts of a quiet detector may all be equal: half a count is the least spread.
        return (median, Math.Max(1.4826 * Medians.Of(values.AsSpan()), 0.5));
    }
}
