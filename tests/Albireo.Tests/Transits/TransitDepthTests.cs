using Albireo.Science.Numerics;
using Albireo.Science.Transits;

namespace Albireo.Tests.Transits;

public sealed class TransitDepthTests
{
    private static readonly double[] Times = [.. Enumerable.Range(0, 120).Select(i => i / 400.0)];
    private static readonly double[] Shape = [.. Times.Select(t => Math.Clamp((0.08 - Math.Abs(t - 0.15)) / 0.02, 0, 1))];

    [Fact]
    public void Noise_free_depth_comes_back_exactly()
    {
        double[] flux = [.. Times.Select((t, i) => 1.7 * (1 + (0.05 * t)) * (1 - (0.0123 * Shape[i])))];
        double[] errors = [.. Times.Select(_ => 0.001)];
        Assert.Equal(0.0123, TransitDepth.Fit(Times, flux, errors, Shape).Depth, 1e-12);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Pulls_have_unit_width(bool known)
    {
        const double sigma = 0.002;
        const ulong seed = 20;
        var random = new SeededRandom(seed);
        var pulls = new List<double>();
        for (int trial = 0; trial < 2000; trial++)
        {
            double[] flux = [.. Shape.Select(s => 1 - (0.01 * s) + (sigma * random.Normal()))];
            double[] errors = [.. Shape.Select(_ => known ? sigma : double.NaN)];
            DepthEstimate found = TransitDepth.Fit(Times, flux, errors, Shape);
            pulls.Add((found.Depth - 0.01) / found.Error);
        }
        double mean = pulls.Average();
        double width = Math.Sqrt(pulls.Average(p => (p - mean) * (p - mean)));
        Assert.True(Math.Abs(mean) < 0.08 && width is > 0.95 and < 1.05, $"mean {mean}, width {width} (seed {seed})");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_cosmic_ray_is_left_out_and_nothing_else(bool known)
    {
        const double sigma = 0.002;
        var random = new SeededRandom(21);
        double[] flux = [.. Shape.Select(s => 1 - (0.01 * s) + (sigma * random.Normal()))];
        double[] errors = [.. Shape.Select(_ => known ? sigma : double.NaN)];
        double[] hit = [.. flux];
        hit[60] += 12 * sigma;
        double[] without = [.. flux];
        without[60] = double.NaN;
        Assert.Equal(TransitDepth.Fit(Times, without, errors, Shape), TransitDepth.Fit(Times, hit, errors, Shape));
        Assert.Equal(flux.Length, TransitDepth.Fit(Times, flux, errors, Shape).Points);
        Assert.Equal(flux.Length, TransitDepth.Fit(Times, hit, errors, Shape, outlierSigma: double.PositiveInfinity).Points);
    }

    [Fact]
    public void Points_without_a_value_are_left_out()
    {
        double[] flux = [.. Shape.Select((s, i) => i % 7 == 0 ? double.NaN : 1 - (0.02 * s))];
        DepthEstimate found = TransitDepth.Fit(Times, flux, [.. Times.Select(_ => 0.001)], Shape);
        Assert.Equal(0.02, found.Depth, 1e-12);
        Assert.Equal(flux.Count(double.IsFinite), found.Points);
    }

    [Fact]
    public void Too_few_points_are_refused()
    {
        Assert.Throws<ArgumentException>(() => TransitDepth.Fit([0, 1, 2], [1, 0.9, 1], [0.1, 0.1, 0.1], [0, 1, 0]));
    }
}
