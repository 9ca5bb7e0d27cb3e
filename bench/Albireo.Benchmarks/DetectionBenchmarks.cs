using Albireo.Science.Background;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Matching;
using Albireo.Science.Numerics;
using BenchmarkDotNet.Attributes;

namespace Albireo.Benchmarks;

/// <summary>
/// Finding 10 000 stars on 4096² pixels, and matching 500. The peer for finding is SExtractor (0.82 s, whole process); the scalar
/// definitions are in MatchedFilterTests and GaussianWeightTests.
/// </summary>
[ShortRunJob]
public class DetectionBenchmarks
{
    private readonly BandRunner runner = new TwoThreads();
    private Image image = null!;
    private BackgroundMap background = null!;
    private FrameMatcher matcher = null!;
    private List<Source> frame = null!;

    [GlobalSetup]
    public void Setup()
    {
        image = CrowdedFrame(4096, 10_000, 1);
        background = BackgroundMesh.Measure(image, null, new BackgroundOptions());
        (matcher, frame) = SyntheticFrames.MatchPair(500);
    }

    [Benchmark]
    public int FindSegmentsOneCore() => SegmentFinder.Find(image, background, null, null, double.NaN, new DetectionOptions()).Length;

    [Benchmark]
    public int FindSegmentsTwoCores() =>
        SegmentFinder.Find(image, background, null, null, double.NaN, new DetectionOptions(), runner).Length;

    [Benchmark]
    public int BackgroundAndSegmentsTwoCores() =>
        SegmentFinder
            .Find(
                image,
                BackgroundMesh.Measure(image, null, new BackgroundOptions(), runner),
                null,
                null,
                double.NaN,
                new DetectionOptions(),
                runner
            )
            .Length;

    [Benchmark]
    public int Match500Stars() => matcher.Match(frame, out _)!.MatchedStars;

    /// <summary>Gaussian stars of FWHM 3 over a sky of 1000 ± 10.</summary>
    internal static Image CrowdedFrame(int size, int stars, ulong seed)
    {
        var random = new SeededRandom(seed);
        var image = new Image(size, size);
        foreach (ref float pixel in image.Pixels)
        {
            pixel = (float)(1000 + (10 * random.Normal()));
        }
        for (int i = 0; i < stars; i++)
        {
            double x = random.Uniform(0, size - 1);
            double y = random.Uniform(0, size - 1);
            double peak = 100 * Math.Pow(300, random.Uniform());
            for (int row = Math.Max(0, (int)y - 8); row < Math.Min(size, (int)y + 10); row++)
            {
                for (int column = Math.Max(0, (int)x - 8); column < Math.Min(size, (int)x + 10); column++)
                {
                    double square = ((column - x) * (column - x)) + ((row - y) * (row - y));
                    image[column, row] += (float)(peak * Math.Exp(-4 * Math.Log(2) * square / 9));
                }
            }
        }
        return image;
    }

    private sealed class TwoThreads : BandRunner
    {
        protected override void RunBands(int count, Action<int> band) =>
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, band);
    }
}
