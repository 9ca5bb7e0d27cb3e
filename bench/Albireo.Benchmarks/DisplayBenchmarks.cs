using Albireo.Science.Images;
using Albireo.Science.Numerics;
using BenchmarkDotNet.Attributes;

namespace Albireo.Benchmarks;

/// <summary>What it takes to show a frame of 4096²: its limits, its tones, and (for statistics) its sorted values.</summary>
public class DisplayBenchmarks
{
    private const int Side = 4096;
    private readonly Image image = new(Side, Side);
    private readonly float[] copy = new float[Side * Side];
    private readonly byte[] tones = new byte[Side * Side];

    [GlobalSetup]
    public void Prepare()
    {
        var random = new SeededRandom(7);
        foreach (ref float pixel in image.Pixels)
        {
            pixel = (float)(1000 + (20 * random.Normal()));
        }
    }

    /// <summary>The definition: sort a copy and read two values off.</summary>
    [Benchmark(Baseline = true)]
    public double PercentilesBySorting()
    {
        image.Pixels.CopyTo(copy);
        Array.Sort(copy);
        return copy[(int)(0.95 * copy.Length)] - copy[(int)(0.05 * copy.Length)];
    }

    [Benchmark]
    public DisplayRange Percentiles() => DisplayRange.OfPercentiles(image.Pixels);

    [Benchmark]
    public DisplayRange ZScale() => DisplayRange.OfZScale(image.Pixels);

    [Benchmark]
    public void LinearTones() => new ImageStretch(new DisplayRange(950, 1050)).Apply(image.Pixels, tones);

    [Benchmark]
    public void AsinhTones() => new ImageStretch(new DisplayRange(950, 1050), StretchCurve.Asinh).Apply(image.Pixels, tones);

    [Benchmark]
    public void SortByBits()
    {
        image.Pixels.CopyTo(copy);
        PixelSort.Sort(copy);
    }
}
