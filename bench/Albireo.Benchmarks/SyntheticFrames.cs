using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Benchmarks;

/// <summary>The input of the kernels' benchmarks: a seeded frame with sky, noise and stars.</summary>
internal static class SyntheticFrames
{
    /// <summary>A frame with a tilted sky of about 1 000 counts, noise of 12 counts and round stars of FWHM 3.5.</summary>
    public static (Image Image, PixelPosition[] Stars) StarField(int side, int stars, ulong seed = 1)
    {
        var random = new SeededRandom(seed);
        var image = new Image(side, side);
        for (int y = 0; y < side; y++)
        {
            Span<float> row = image.Row(y);
            for (int x = 0; x < side; x++)
            {
                double sky = 1000 + (0.01 * x) + (0.005 * y);
                row[x] = (float)Math.Round(sky + (12 * random.Normal()));
            }
        }
        var positions = new PixelPosition[stars];
        for (int i = 0; i < stars; i++)
        {
            var star = new PixelPosition(random.Uniform(40, side - 41), random.Uniform(40, side - 41));
            positions[i] = star;
            double peak = 30000 * Math.Pow(random.Uniform(), 4);
            for (int y = (int)star.Y - 12; y <= (int)star.Y + 12; y++)
            {
                for (int x = (int)star.X - 12; x <= (int)star.X + 12; x++)
                {
                    double square = ((x - star.X) * (x - star.X)) + ((y - star.Y) * (y - star.Y));
                    image[x, y] += (float)Math.Round(peak * Math.Exp(-square / (2 * 1.486 * 1.486)));
                }
            }
        }
        return (image, positions);
    }
}
