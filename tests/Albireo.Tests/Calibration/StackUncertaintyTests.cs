using Albireo.Science.Calibration;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Calibration;

public sealed class StackUncertaintyTests
{
    private const int Pixels = 24000;

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (string name in new[] { "mean", "median", "mad", "std", "winsorised", "minmax" })
            {
                foreach (int count in new[] { 3, 5, 9, 20 })
                {
                    cases.Add(name, count);
                }
            }
            return cases;
        }
    }

    public static TheoryData<string, int> WeightedCases
    {
        get
        {
            TheoryData<string, int> cases = Cases;
            foreach (string name in new[] { "mean-weighted", "mad-weighted", "std-weighted", "winsorised-weighted", "mad-about-mean" })
            {
                cases.Add(name, 5);
                cases.Add(name, 7);
                cases.Add(name, 12);
            }
            cases.Add("median", 7);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(WeightedCases))]
    public void Pulls_are_one_with_a_noise_model_scales_weights_and_gaps(string name, int count)
    {
        const double level = 4000;
        const double bias = 0;
        var noise = new StackNoise(1.6, 9, bias);
        var random = new SeededRandom(41);
        double[] scales = [.. Enumerable.Range(0, count).Select(_ => random.Uniform(0.9, 1.1))];
        float[][] frames = [.. scales.Select(s => Frame(random, level / s, noise, count > 3 ? 0.05 : 0))];
        (float[] result, float[] sigma, _) = StackingTests.Combine(
            frames,
            Options(name),
            new StackTerms
            {
                Scales = scales,
                Noise = noise,
                Weights = name.EndsWith("weighted", StringComparison.Ordinal) ? [.. scales.Select(_ => random.Uniform(0.7, 1.4))] : [],
            }
        );
        double pulls = 0;
        for (int p = 0; p < Pixels; p++)
        {
            pulls += Math.Pow((result[p] - level) / sigma[p], 2);
        }
        double width = Math.Sqrt(pulls / Pixels);
        Assert.True(Math.Abs(width - 1) < 0.03, $"seed 41, {name} of {count}: width of the pulls {width:F4}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Stated_variance_from_the_scatter_is_right_on_average(string name, int count)
    {
        var noise = new StackNoise(1, 10, 1e9);
        var random = new SeededRandom(42);
        float[][] frames = [.. Enumerable.Range(0, count).Select(_ => Frame(random, 500, noise, 0))];
        (float[] result, float[] sigma, ushort[] used) = StackingTests.Combine(frames, Options(name));
        double found = 0;
        double stated = 0;
        int told = 0;
        for (int p = 0; p < Pixels; p++)
        {
            if (used[p] > 1)
            {
                found += Math.Pow(result[p] - 500, 2);
                stated += sigma[p] * sigma[p];
                told++;
            }
        }
        if ((name, count) is ("minmax", 3))
        {
            Assert.Equal(0, told);
            return;
        }
        Assert.True(told > 0.9 * Pixels);
        Assert.True(Math.Abs(Math.Sqrt(found / stated) - 1) < 0.03, $"seed 42, {name} of {count}: {Math.Sqrt(found / stated):F4}");
    }

    [Theory]
    [InlineData(9)]
    [InlineData(15)]
    public void Scatter_alone_gives_the_pulls_of_a_Student_distribution(int count)
    {
        var noise = new StackNoise(1, 10, 1e9);
        var random = new SeededRandom(43);
        float[][] frames = [.. Enumerable.Range(0, count).Select(_ => Frame(random, 500, noise, 0))];
        (float[] result, float[] sigma, _) = StackingTests.Combine(frames, new StackOptions { Method = StackMethod.Mean });
        double squares = 0;
        for (int p = 0; p < Pixels; p++)
        {
            squares += Math.Pow((result[p] - 500) / sigma[p], 2);
        }
        double expected = (count - 1.0) / (count - 3.0);
        Assert.Equal(1, squares / Pixels / expected, 0.05);
    }

    /// <summary>Two-sided 5 % and 1 % points of Student's distribution with N − 1 degrees of freedom.</summary>
    [Theory]
    [InlineData(3, 4.302653, 9.924843)]
    [InlineData(5, 2.776445, 4.604095)]
    [InlineData(10, 2.262157, 3.249836)]
    public void Scatter_alone_gives_the_tails_of_a_Student_distribution(int count, double fivePercent, double onePercent)
    {
        var noise = new StackNoise(1, 10, 1e9);
        var random = new SeededRandom(44);
        float[][] frames = [.. Enumerable.Range(0, count).Select(_ => Frame(random, 500, noise, 0))];
        (float[] result, float[] sigma, _) = StackingTests.Combine(frames, new StackOptions { Method = StackMethod.Mean });
        double[] pulls = [.. result.Zip(sigma, (r, s) => Math.Abs((r - 500.0) / s))];
        // Four standard deviations of counts among 24 000.
        Assert.Equal(0.05, pulls.Count(p => p > fivePercent) / (double)Pixels, 0.0057);
        Assert.Equal(0.01, pulls.Count(p => p > onePercent) / (double)Pixels, 0.0026);
    }

    /// <summary>
    /// The scatter of what clipping leaves says too little where values lie close together by chance: at N = 3 and 5 it was 4.6 and 3.6
    /// times as many pulls that lay beyond the 5 % point, and twelve times as many beyond the 1 % point.
    /// </summary>
    [Theory]
    [InlineData("mad", 3, 4.302653, 9.924843)]
    [InlineData("mad", 5, 2.776445, 4.604095)]
    [InlineData("mad", 10, 2.262157, 3.249836)]
    [InlineData("std", 5, 2.776445, 4.604095)]
    [InlineData("minmax", 5, 2.776445, 4.604095)]
    [InlineData("winsorised", 5, 2.776445, 4.604095)]
    public void Scatter_of_clipped_values_is_not_taken_for_less_than_it_is(string name, int count, double fivePercent, double onePercent)
    {
        var noise = new StackNoise(1, 10, 1e9);
        var random = new SeededRandom(45);
        float[][] frames = [.. Enumerable.Range(0, count).Select(_ => Frame(random, 500, noise, 0))];
        (float[] result, float[] sigma, _) = StackingTests.Combine(frames, Options(name));
        double[] pulls = [.. result.Zip(sigma, (r, s) => Math.Abs((r - 500.0) / s))];
        Assert.InRange(pulls.Count(p => p > fivePercent) / (double)Pixels, 0.04, 0.06);
        Assert.InRange(pulls.Count(p => p > onePercent) / (double)Pixels, 0.007, 0.017);
    }

    /// <summary>What nobody would take for noise does not widen it.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(9)]
    public void A_cosmic_ray_that_is_left_out_does_not_count_for_the_scatter(int count)
    {
        var noise = new StackNoise(1, 10, 1e9);
        var random = new SeededRandom(46);
        float[][] frames = [.. Enumerable.Range(0, count).Select(_ => Frame(random, 500, noise, 0))];
        float[] before = StackingTests.Combine(frames[1..], new StackOptions()).Uncertainty;
        frames[0].AsSpan().Fill(9000);
        (float[] result, float[] sigma, _) = StackingTests.Combine(frames, new StackOptions());
        Assert.Equal(500, result.Average(), 0.5);
        Assert.Equal(1, sigma.Order().ElementAt(Pixels / 2) / before.Order().ElementAt(Pixels / 2), 0.15);
    }

    /// <summary>N · variance of the median of N normal values: exact values by integration of the order statistics' densities.</summary>
    [Theory]
    [InlineData(3, 1.3460)]
    [InlineData(5, 1.4342)]
    [InlineData(7, 1.4731)]
    [InlineData(4, 1.1928)]
    [InlineData(101, 1.5641)]
    [InlineData(2, 1)]
    [InlineData(6, 1.2884)]
    [InlineData(1001, 1.5701)]
    public void Median_loses_what_order_statistics_say(int count, double expected)
    {
        double factor = StackEfficiency.For(new StackOptions { Method = StackMethod.Median }, true).Factor(count);
        Assert.Equal(expected, factor, 0.001);
    }

    private static StackOptions Options(string name) =>
        name.Replace("-weighted", "", StringComparison.Ordinal) switch
        {
            "mad-about-mean" => new StackOptions { Center = StackCenter.Mean },
            "mean" => new StackOptions { Method = StackMethod.Mean },
            "median" => new StackOptions { Method = StackMethod.Median },
            "mad" => new StackOptions(),
            "std" => new StackOptions
            {
                Spread = StackSpread.StandardDeviation,
                SigmaLow = 2,
                SigmaHigh = 2.5,
            },
            "winsorised" => new StackOptions { Method = StackMethod.WinsorisedMean },
            _ => new StackOptions { Method = StackMethod.MinMaxMean },
        };

    private static float[] Frame(SeededRandom random, double level, StackNoise noise, double gaps)
    {
        double variance = Math.Max(level - noise.PedestalAdu, 0) / noise.GainElectronsPerAdu;
        variance += Math.Pow(noise.ReadNoiseElectrons / noise.GainElectronsPerAdu, 2);
        var frame = new float[Pixels];
        for (int p = 0; p < Pixels; p++)
        {
            frame[p] = random.Uniform() < gaps ? float.NaN : (float)(level + (Math.Sqrt(variance) * random.Normal()));
        }
        return frame;
    }
}
