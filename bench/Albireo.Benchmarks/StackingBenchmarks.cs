using Albireo.Science.Calibration;
using Albireo.Science.Numerics;
using BenchmarkDotNet.Attributes;

namespace Albireo.Benchmarks;

/// <summary>
/// Frames of 2048², a band at a time as masters are made, one thread. Whole-process peers for 25 of them, reading included: Siril 1.0.6 rejection
/// stack 1.43 s, ccdproc.combine 4.84 s on the machine that performance figures were first taken on.
/// </summary>
public class StackingBenchmarks
{
    private const int BandLength = 2048 * 32;
    private const int Bands = 64;
    private ReadOnlyMemory<float>[] frames = null!;
    private float[] result = null!;
    private float[] uncertainty = null!;
    private ushort[] used = null!;

    [Params(3, 5, 7, 9, 25)]
    public int Frames { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new SeededRandom(1);
        frames = new ReadOnlyMemory<float>[Frames];
        for (int i = 0; i < Frames; i++)
        {
            var frame = new float[BandLength];
            for (int p = 0; p < BandLength; p++)
            {
                frame[p] = MathF.Round((float)(1000 + (10 * random.Normal()) + (random.Uniform() < 0.001 ? 3000 : 0)));
            }
            frames[i] = frame;
        }
        result = new float[BandLength];
        uncertainty = new float[BandLength];
        used = new ushort[BandLength];
    }

    [Benchmark(Baseline = true)]
    public void ClippedMean() => All(new StackOptions());

    /// <summary>As masters are made.</summary>
    [Benchmark]
    public void ClippedMeanWithNoise() => All(new StackOptions(), new StackTerms { Noise = new StackNoise(1.5, 8, 300) });

    [Benchmark]
    public void ClippedMeanByStandardDeviation() => All(new StackOptions { Spread = StackSpread.StandardDeviation });

    [Benchmark]
    public void Median() => All(new StackOptions { Method = StackMethod.Median });

    [Benchmark]
    public void Mean() => All(new StackOptions { Method = StackMethod.Mean });

    [Benchmark]
    public void WinsorisedMean() => All(new StackOptions { Method = StackMethod.WinsorisedMean });

    /// <summary>The definition, one pixel after the other; a 64th of the frame.</summary>
    [Benchmark]
    public double DefinitionOfOneBand()
    {
        var options = new StackOptions();
        var stack = new double[Frames];
        double sum = 0;
        for (int p = 0; p < BandLength; p++)
        {
            for (int i = 0; i < Frames; i++)
            {
                stack[i] = frames[i].Span[p];
            }
            sum += StackDefinition.Combine(stack, [], options, out _);
        }
        return sum;
    }

    private void All(StackOptions options, StackTerms? terms = null)
    {
        for (int band = 0; band < Bands; band++)
        {
            Stacking.Combine(frames, BandLength, terms ?? StackTerms.None, options, result, uncertainty, used);
        }
    }
}
