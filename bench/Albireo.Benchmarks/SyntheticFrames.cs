using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Matching;
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

    /// <summary>A matcher of seeded stars, and the same stars turned by 33°, moved, enlarged and disturbed.</summary>
    public static (FrameMatcher Matcher, List<Source> Frame) MatchPair(int stars)
    {
        var random = new SeededRandom(2);
        List<Source> sky =
        [
            .. Enumerable.Range(0, stars).Select(_ => Star(random.Uniform(0, 2000), random.Uniform(0, 2000), random.Uniform())),
        ];
        sky.Sort((a, b) => b.Flux.CompareTo(a.Flux));
        PlaneTransform turn = PlaneTransform.FromSimilarity(1.01, 33, false, 700, -300);
        List<Source> frame =
        [
            .. sky.Select(s =>
                {
                    PixelPosition p = turn.Apply(s.X, s.Y);
                    return Star(p.X + (0.1 * random.Normal()), p.Y + (0.1 * random.Normal()), s.Flux * random.Uniform(0.9, 1.1));
                })
                .OrderByDescending(s => s.Flux),
        ];
        return (new FrameMatcher(sky, new MatchOptions()), frame);
    }

    private static Source Star(double x, double y, double flux) => new(x, y, flux, 1, flux, 3, 3, 3, 0, 20, 100, SourceFlags.None);
}
