using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Photometry;

/// <summary>The picture that reference/synthetic.py makes, to the bit.</summary>
internal static class SyntheticField
{
    public static (Image Image, PixelPosition[] Stars) Make(int width, int height, int stars, ulong seed)
    {
        var random = new SeededRandom(seed);
        double[] pixels = new double[width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double noise = random.Uniform() + random.Uniform() + random.Uniform() + random.Uniform() - 2;
                pixels[(y * width) + x] = 1000 + (0.25 * x) - (0.125 * y) + (0.001 * x * y) + (20 * noise);
            }
        }
        var positions = new PixelPosition[stars];
        for (int i = 0; i < stars; i++)
        {
            double sx = (width * random.Uniform()) - 0.5;
            double sy = (height * random.Uniform()) - 0.5;
            double peak = 3000 * random.Uniform();
            positions[i] = new PixelPosition(sx, sy);
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    double b = 1 + ((((x - sx) * (x - sx)) + ((y - sy) * (y - sy))) / 6);
                    pixels[(y * width) + x] += peak / (b * b * b);
                }
            }
        }
        return (new Image(width, height, Array.ConvertAll(pixels, p => (float)p)), positions);
    }
}
