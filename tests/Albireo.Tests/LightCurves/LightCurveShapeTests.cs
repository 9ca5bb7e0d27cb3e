using Albireo.Science.LightCurves;
using Albireo.Science.Numerics;

namespace Albireo.Tests.LightCurves;

public sealed class LightCurveShapeTests
{
    private const ulong Seed = 71;

    [Fact]
    public void Bins_are_means_with_two_kinds_of_error()
    {
        BinnedPoint[] bins = LightCurveShape.Bin(
            [0, 1, 2, 3, 10, 11, 12],
            [1, 3, double.NaN, 5, 2, 2, 2],
            [0.3, 0.4, 1, 1.2, double.NaN, 1, 1],
            5
        );
        Assert.Equal(2, bins.Length);
        Assert.Equal(3, bins[0].Count);
        Assert.Equal(3, bins[0].Value, 1e-12);
        Assert.Equal(4 / 3.0, bins[0].Time, 1e-12);
        Assert.Equal(1.3 / 3, bins[0].Error, 1e-12);
        Assert.Equal(2 / Math.Sqrt(3), bins[0].Spread, 1e-12);
        Assert.True(double.IsNaN(bins[1].Error));
        Assert.Equal(0, bins[1].Spread);
    }

    [Fact]
    public void Outliers_are_found_and_an_eclipse_is_left_alone()
    {
        var random = new SeededRandom(Seed);
        double[] values = [.. Enumerable.Range(0, 300).Select(i => (i is > 100 and < 160 ? 0.97 : 1) + (0.002 * random.Normal()))];
        values[20] += 0.03;
        values[299] -= 0.03;
        values[130] = double.NaN;
        values[140] -= 0.05;
        bool[] outliers = LightCurveShape.Outliers(values);
        Assert.Equal([20, 140, 299], Enumerable.Range(0, 300).Where(i => outliers[i]));
    }

    [Fact]
    public void A_step_at_the_flip_is_measured()
    {
        var random = new SeededRandom(Seed);
        bool[] flipped = [.. Enumerable.Range(0, 100).Select(i => i >= 60)];
        double[] values = [.. flipped.Select(f => (f ? 1.01 : 1) + (0.002 * random.Normal()))];
        (double step, double error) = LightCurveShape.FlipStep(values, flipped);
        Assert.Equal(0.002 * Math.Sqrt(2 / 20.0), error, 0.0003);
        Assert.True(Math.Abs(step - 0.01) < 4 * error, $"{step} ± {error} (seed {Seed})");
        Assert.True(double.IsNaN(LightCurveShape.FlipStep(values, new bool[100]).Step));
        Assert.True(double.IsNaN(LightCurveShape.FlipStep([1, 2, 3], [false, true, false]).Step));
    }

    [Fact]
    public void White_and_red_noise_are_told_apart()
    {
        var random = new SeededRandom(Seed);
        var white = new double[6000];
        var red = new double[6000];
        var times = new double[6000];
        double slow = 0;
        for (int i = 0; i < white.Length; i++)
        {
            times[i] = i / 1440.0;
            white[i] = 0.003 * random.Normal();
            slow = i % 200 == 0 ? 0.002 * random.Normal() : slow;
            red[i] = (0.003 * random.Normal()) + slow;
        }
        (double w, double r) = NoiseStatistics.WhiteAndRed(white);
        Assert.True(Math.Abs(w / 0.003 - 1) < 0.03 && r < 0.0004, $"{w} {r} (seed {Seed})");
        (w, r) = NoiseStatistics.WhiteAndRed(red);
        Assert.True(Math.Abs(w / 0.003 - 1) < 0.05 && Math.Abs(r / 0.002 - 1) < 0.35, $"{w} {r} (seed {Seed})");
        Assert.InRange(NoiseStatistics.RedNoiseBeta(times, white), 1, 1.08);
        double expected = Math.Sqrt((0.000009 / 20) + 0.000004) / Math.Sqrt(0.000013 / 20);
        Assert.Equal(expected, NoiseStatistics.RedNoiseBeta(times, red), 0.35 * expected);
        Assert.Equal(1, NoiseStatistics.RedNoiseBeta([1, 2, 3], [1, 2, 3]));
        Assert.True(double.IsNaN(NoiseStatistics.WhiteAndRed([1, 2, 3]).White));
    }
}
