using Albireo.Science.Background;
using Albireo.Science.Images;
using BenchmarkDotNet.Attributes;

namespace Albireo.Benchmarks;

/// <summary>
/// Background of 4096² in boxes of 64². Peers: SEP 0.11 s, photutils Background2D 1.18 s on the machine that performance figures were
/// first taken on.
/// </summary>
public class BackgroundMeshBenchmarks
{
    private readonly ParallelBands parallel = new();
    private Image image = null!;
    private float[] row = null!;

    [GlobalSetup]
    public void Setup()
    {
        (image, _) = SyntheticFrames.StarField(4096, 10_000);
        row = new float[4096];
    }

    [Benchmark(Baseline = true)]
    public double MeshOneCore() => BackgroundMesh.Measure(image, null, new BackgroundOptions()).MedianLevel;

    [Benchmark]
    public double MeshAllCores() => BackgroundMesh.Measure(image, null, new BackgroundOptions(), parallel).MedianLevel;

    [Benchmark]
    public float LevelMapAllCores()
    {
        BackgroundMap map = BackgroundMesh.Measure(image, null, new BackgroundOptions(), parallel);
        parallel.Run(
            4096,
            64,
            (_, first, count) =>
            {
                float[] line = new float[4096];
                for (int y = first; y < first + count; y++)
                {
                    map.LevelRow(y, line);
                }
            }
        );
        map.LevelRow(0, row);
        return row[0];
    }
}
