using Albireo.Science.Images;

namespace Albireo.Science.Detection;

/// <summary>Runs of pixels above one value, for the methods that threshold the plain picture.</summary>
internal static class ThresholdRuns
{
    /// <summary>The connected areas of pixels above the threshold; NaN pixels are not.</summary>
    public static Segments Connect(Image image, double threshold)
    {
        // A float exceeds the threshold exactly if it exceeds the largest float that is not above the threshold.
        float limit = (float)threshold;
        limit = limit > threshold ? MathF.BitDecrement(limit) : limit;
        var band = new BandRuns();
        for (int y = 0; y < image.Height; y++)
        {
            ReadOnlySpan<float> row = image.Row(y);
            int x = 0;
            while (x < row.Length)
            {
                if (!(row[x] > limit))
                {
                    x++;
                    continue;
                }
                int start = x;
                while (x < row.Length && row[x] > limit)
                {
                    x++;
                }
                band.Add(y, start, row[start..x], row[start..x], noise: 0, hasBadPixels: false);
            }
        }
        return Segments.Join([band]);
    }
}
