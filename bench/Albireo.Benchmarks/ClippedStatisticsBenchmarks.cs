using Albireo.Science.Numerics;
using BenchmarkDotNet.Attributes;

namespace Albireo.Benchmarks;

/// <summary>σ-clipped statistics of as many values as an annulus, a background box and a whole frame have.</summary>
public class ClippedStatisticsBenchmarks
{
    private readonly ClipOptions options = new();
    private float[] values = null!;
    private float[] scratch = null!;

    [Params(500, 4096, 1_000_000)]
    public int Count { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new SeededRandom(5);
        values = new float[Count];
        for (int i = 0; i < Count; i++)
        {
            values[i] = (float)(1000 + (12 * random.Normal()) + (random.Uniform() < 0.03 ? 2000 * random.Uniform() : 0));
        }
        scratch = new float[Count];
    }

    [Benchmark]
    public double Clipped() => ClippedStatistics.Of(values, options).Mean;

    [Benchmark]
    public float Median() => Medians.Of(values.AsSpan());

    /// <summary>The definition: sort, take the middle, drop what is too far, again until nothing changes.</summary>
    [Benchmark(Baseline = true)]
    public double Definition()
    {
        values.CopyTo(scratch, 0);
        Array.Sort(scratch);
        (int from, int to) = (0, scratch.Length);
        for (int round = 1; round <= 5; round++)
        {
            int n = to - from;
            double median = ((double)scratch[from + ((n - 1) / 2)] + scratch[from + (n / 2)]) / 2;
            double mean = 0;
            for (int i = from; i < to; i++)
            {
                mean += scratch[i];
            }
            mean /= n;
            double squares = 0;
            for (int i = from; i < to; i++)
            {
                squares += (scratch[i] - mean) * (scratch[i] - mean);
            }
            double sigma = Math.Sqrt(squares / n);
            int before = n;
            while (scratch[from] < median - (3 * sigma))
            {
                from++;
            }
            while (scratch[to - 1] > median + (3 * sigma))
            {
                to--;
            }
            if (to - from == before)
            {
                return mean;
            }
        }
        return double.NaN;
    }
}
