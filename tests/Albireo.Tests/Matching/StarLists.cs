using Albireo.Science.Detection;
using Albireo.Science.Matching;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Matching;

/// <summary>Lists of stars for tests of matching.</summary>
internal static class StarLists
{
    public static List<Source> Field(SeededRandom random, int count, double width, double height)
    {
        var stars = new List<Source>();
        for (int i = 0; i < count; i++)
        {
            stars.Add(Star(random.Uniform(0, width), random.Uniform(0, height), 1e5 * Math.Pow(random.Uniform(), 3)));
        }
        return Sorted(stars);
    }

    /// <summary>What a camera would see of the sky under a transform: stars in the frame, jittered, dimmed at random, some lost, some added.</summary>
    public static List<Source> View(
        SeededRandom random,
        IEnumerable<Source> sky,
        PlaneTransform transform,
        double width,
        double height,
        double jitter = 0.1,
        double lost = 0.1,
        double spurious = 0.1
    )
    {
        var stars = new List<Source>();
        foreach (Source s in sky)
        {
            var p = transform.Apply(s.X, s.Y);
            if (p.X >= 0 && p.Y >= 0 && p.X < width && p.Y < height && random.Uniform() >= lost)
            {
                stars.Add(
                    Star(p.X + (jitter * random.Normal()), p.Y + (jitter * random.Normal()), s.Flux * Math.Exp(0.1 * random.Normal()))
                );
            }
        }
        int added = (int)(stars.Count * spurious / (1 - spurious));
        for (int i = 0; i < added; i++)
        {
            stars.Add(Star(random.Uniform(0, width), random.Uniform(0, height), 1e5 * Math.Pow(random.Uniform(), 3)));
        }
        return Sorted(stars);
    }

    public static Source Star(double x, double y, double flux) =>
        new(x, y, flux, 1, flux / 10, 3, 3, 3, 0, 20, flux / 10, SourceFlags.None);

    public static List<Source> Sorted(IEnumerable<Source> stars) => [.. stars.OrderByDescending(s => s.Flux)];
}
