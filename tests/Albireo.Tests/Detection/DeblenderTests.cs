using Albireo.Science.Detection;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Detection;

/// <summary>The deblender against its definition, pixel after pixel from the brightest down.</summary>
public class DeblenderTests
{
    [Theory]
    [InlineData(0.005, 3, 3)]
    [InlineData(0.0, 0, 1)]
    [InlineData(0.05, 1, 5)]
    public void Splits_areas_as_the_definition_does(double contrast, double sigmas, int minimumPixels)
    {
        var options = new DetectionOptions
        {
            DeblendContrast = contrast,
            DeblendSigma = sigmas,
            MinimumPixels = minimumPixels,
        };
        var random = new SeededRandom(2026);
        int split = 0;
        for (int trial = 0; trial < 40; trial++)
        {
            float[,] picture = Landscapes.Picture(random, width: 20 + (3 * trial), height: 40, isCoarse: trial % 4 == 0);
            using Segments segments = Landscapes.Areas(picture, noise: 1);
            using var deblender = new Deblender(options, noiseFactor: 0.5);
            for (int area = 0; area < segments.Count; area++)
            {
                List<(int X, int Y)> pixels = Landscapes.Pixels(segments, area);
                int sources = deblender.Split(segments, area, pixels.Count);
                int[] owners = [.. segments.RunsOf(area).ToArray().SelectMany(r => Owners(segments, segments.Runs[r]))];
                int[] expected =
                    pixels.Count < 2 * minimumPixels ? new int[pixels.Count] : Definition(picture, pixels, options, 0.5 * sigmas);
                Assert.Equal(expected, owners);
                Assert.Equal(expected.Max() + 1, sources);
                split += sources > 1 ? 1 : 0;
            }
        }
        Assert.True(split > 40);
    }

    private static int[] Owners(Segments segments, PixelRun run) => segments.Owners[run.Offset..(run.Offset + run.Length)];

    private static int[] Definition(float[,] picture, List<(int X, int Y)> pixels, DetectionOptions options, double leastRise)
    {
        float ValueOf(int i) => picture[pixels[i].Y, pixels[i].X];
        double leastFlux = options.DeblendContrast * Enumerable.Range(0, pixels.Count).Sum(i => (double)ValueOf(i));
        var indexOf = pixels.Select((p, i) => (p, i)).ToDictionary(e => e.p, e => e.i);
        int[] label = [.. Enumerable.Repeat(-1, pixels.Count)];
        var branches = new List<(int Parent, float Peak, double Sum, int Count)>();
        int Root(int b) => branches[b].Parent == b ? b : Root(branches[b].Parent);
        bool Stands(int b, float saddle) =>
            branches[b].Count >= options.MinimumPixels
            && branches[b].Sum - (branches[b].Count * (double)saddle) >= leastFlux
            && branches[b].Peak - saddle >= leastRise;
        foreach (int pixel in Enumerable.Range(0, pixels.Count).OrderByDescending(ValueOf).ThenBy(i => i))
        {
            (int x, int y) = pixels[pixel];
            float value = ValueOf(pixel);
            int uphill = -1;
            for (int k = 0; k < 9; k++)
            {
                if (k == 4 || !indexOf.TryGetValue((x + (k % 3) - 1, y + (k / 3) - 1), out int other) || label[other] < 0)
                {
                    continue;
                }
                int own = uphill < 0 ? -1 : Root(label[uphill]);
                int branch = Root(label[other]);
                if (own >= 0 && own != branch && !(Stands(own, value) && Stands(branch, value)))
                {
                    (int keep, int gone) = (Math.Min(own, branch), Math.Max(own, branch));
                    (_, float peak, double sum, int count) = branches[keep];
                    branches[keep] = (keep, peak, sum + branches[gone].Sum, count + branches[gone].Count);
                    branches[gone] = branches[gone] with { Parent = keep };
                }
                uphill =
                    uphill < 0 || ValueOf(other) > ValueOf(uphill) || (ValueOf(other) == ValueOf(uphill) && other < uphill)
                        ? other
                        : uphill;
            }
            if (uphill < 0)
            {
                branches.Add((branches.Count, value, 0, 0));
            }
            label[pixel] = uphill < 0 ? branches.Count - 1 : Root(label[uphill]);
            (int parent, float p, double s, int n) = branches[label[pixel]];
            branches[label[pixel]] = (parent, p, s + value, n + 1);
        }
        int[] roots = [.. Enumerable.Range(0, branches.Count).Where(b => Root(b) == b)];
        return [.. label.Select(l => Array.IndexOf(roots, Root(l)))];
    }
}
