using Albireo.Science.Detection;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Detection;

/// <summary>Areas with many peaks, for what takes areas apart.</summary>
internal static class Landscapes
{
    /// <summary>Gaussians of all heights on a low level with holes; coarse values make plateaus.</summary>
    public static float[,] Picture(SeededRandom random, int width, int height, bool isCoarse)
    {
        var picture = new float[height, width];
        var stars = Enumerable
            .Range(0, width / 4)
            .Select(_ => (X: random.Uniform() * width, Y: random.Uniform() * height, Height: Math.Exp(5 * random.Uniform())))
            .ToArray();
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double value = random.Uniform() - 0.2;
                foreach (var star in stars)
                {
                    value += star.Height * Math.Exp(-(((x - star.X) * (x - star.X)) + ((y - star.Y) * (y - star.Y))) / 6);
                }
                picture[y, x] = (float)(isCoarse ? Math.Round(value) : value);
            }
        }
        return picture;
    }

    /// <summary>The connected pixels above 0.5, filtered by nothing.</summary>
    public static Segments Areas(float[,] picture, float noise)
    {
        var band = new BandRuns();
        (int height, int width) = (picture.GetLength(0), picture.GetLength(1));
        for (int y = 0; y < height; y++)
        {
            float[] row = [.. Enumerable.Range(0, width).Select(x => picture[y, x])];
            for (int x = 0; x < width; x++)
            {
                int start = x;
                while (x < width && row[x] > 0.5)
                {
                    x++;
                }
                if (x > start)
                {
                    band.Add(y, start, row.AsSpan(start..x), row.AsSpan(start..x), noise, hasBadPixels: false);
                }
            }
        }
        return Segments.Join([band]);
    }

    /// <summary>Columns and rows of one area, in row and column order.</summary>
    public static List<(int X, int Y)> Pixels(Segments segments, int area)
    {
        var pixels = new List<(int, int)>();
        foreach (int r in segments.RunsOf(area))
        {
            PixelRun run = segments.Runs[r];
            pixels.AddRange(Enumerable.Range(run.Start, run.Length).Select(x => (x, run.Y)));
        }
        return pixels;
    }
}
