using Albireo.Science.Calibration;
using Albireo.Science.Numerics;
using Albireo.Tests.Support;

namespace Albireo.Tests.Calibration;

public sealed class StackingTests
{
    private static readonly StackOptions StandardDeviation = new() { Spread = StackSpread.StandardDeviation };

    public static TheoryData<string> Columns =>
        [
            "mean",
            "median",
            "median_std",
            "mean_std",
            "median_mad",
            "mean_mad_low2",
            "ccdproc_one_round",
            "minmax",
            "winsorised",
            "weighted",
            "clipped_weighted",
        ];

    [Theory]
    [MemberData(nameof(Columns))]
    public void Agrees_with_numpy_astropy_and_ccdproc(string column)
    {
        StackOptions options = column switch
        {
            "mean" or "weighted" => new StackOptions { Method = StackMethod.Mean },
            "median" => new StackOptions { Method = StackMethod.Median },
            "median_std" => StandardDeviation,
            "mean_std" => StandardDeviation with { Center = StackCenter.Mean, Iterations = 100 },
            "mean_mad_low2" => new StackOptions
            {
                Center = StackCenter.Mean,
                Iterations = 3,
                SigmaLow = 2,
                SigmaHigh = 4,
            },
            "ccdproc_one_round" => new StackOptions
            {
                Iterations = 1,
                SigmaLow = 2.5,
                SigmaHigh = 3.5,
            },
            "minmax" => new StackOptions { Method = StackMethod.MinMaxMean },
            "winsorised" => new StackOptions { Method = StackMethod.WinsorisedMean },
            _ => new StackOptions(),
        };
        int compared = 0;
        foreach (ReferenceRow row in Reference.Rows("stacking.csv").Where(r => !double.IsNaN(r[column])))
        {
            compared++;
            float[] values = [.. row.Text("values").Split(';').Select(v => (float)double.Parse(v))];
            double[] weights = column.EndsWith("weighted") ? [.. row.Text("weights").Split(';').Select(double.Parse)] : [];
            (float[] result, _, ushort[] used) = Combine(
                [.. values.Select(v => new[] { v })],
                options,
                new StackTerms { Weights = weights }
            );
            double expected = row[column];
            Assert.True(
                Math.Abs(result[0] - expected) <= 1e-6 * Math.Max(Math.Abs(expected), row["std"]),
                $"{column}: {result[0]}, reference {expected}, values {row.Text("values")}"
            );
            if (column == "median_mad")
            {
                Assert.Equal(row["median_mad_used"], used[0]);
            }
        }
        Assert.True(compared >= 50, $"only {compared} rows");
    }

    [Fact]
    public void Scatter_of_a_mean_is_the_sample_deviation_over_root_n()
    {
        foreach (ReferenceRow row in Reference.Rows("stacking.csv"))
        {
            float[] values = [.. row.Text("values").Split(';').Select(v => (float)double.Parse(v))];
            (_, float[] sigma, _) = Combine([.. values.Select(v => new[] { v })], new StackOptions { Method = StackMethod.Mean });
            Assert.Equal(1, sigma[0] / (row["std"] / Math.Sqrt(row["n"])), 1e-5);
        }
    }

    public static TheoryData<StackMethod, StackCenter, StackSpread> Ways
    {
        get
        {
            var ways = new TheoryData<StackMethod, StackCenter, StackSpread>();
            foreach (StackMethod method in Enum.GetValues<StackMethod>())
            {
                ways.Add(method, StackCenter.Median, StackSpread.Mad);
            }
            ways.Add(StackMethod.ClippedMean, StackCenter.Mean, StackSpread.Mad);
            ways.Add(StackMethod.ClippedMean, StackCenter.Median, StackSpread.StandardDeviation);
            ways.Add(StackMethod.ClippedMean, StackCenter.Mean, StackSpread.StandardDeviation);
            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Vector_form_equals_the_definition_with_gaps_and_ties(StackMethod method, StackCenter centre, StackSpread spread)
    {
        var options = new StackOptions
        {
            Method = method,
            Center = centre,
            Spread = spread,
        };
        var random = new SeededRandom(5);
        for (int count = 1; count <= 40; count += count < 12 ? 1 : 7)
        {
            StackOptions usable = options with { RejectLowest = count > 2 ? 1 : 0, RejectHighest = count > 2 ? 1 : 0 };
            const int length = 83;
            double[] weights = method is StackMethod.Mean or StackMethod.ClippedMean ? [.. Numbers(random, count, 0.5, 2)] : [];
            float[][] frames = Frames(random, count, length);
            (float[] result, _, ushort[] used) = Combine(frames, usable, new StackTerms { Weights = weights }, withUncertainty: false);
            double[][] wide = [.. frames.Select(f => f.Select(v => (double)v).ToArray())];
            var exact = new double[length];
            Stacking.Combine<double>(
                [.. wide.Select(f => (ReadOnlyMemory<double>)f)],
                length,
                new StackTerms { Weights = weights },
                usable,
                exact,
                [],
                []
            );
            for (int p = 0; p < length; p++)
            {
                double[] stack = [.. wide.Select(f => f[p])];
                double expected = StackDefinition.Combine(stack, weights, usable, out int expectedUsed);
                string at = $"seed 5, {count} frames, pixel {p}: {string.Join(' ', stack)}";
                Assert.True(expectedUsed == used[p], $"{at}: used {used[p]}, not {expectedUsed}");
                Assert.True(Same(expected, result[p], 1e-6), $"{at}: {result[p]}, not {expected}");
                Assert.True(Same(expected, exact[p], 1e-12), $"{at}: {exact[p]} in double precision, not {expected}");
            }
        }
    }

    [Fact]
    public void A_pixel_does_not_depend_on_its_neighbours_or_the_length_of_the_band()
    {
        var random = new SeededRandom(17);
        foreach (StackMethod method in Enum.GetValues<StackMethod>())
        {
            var options = new StackOptions { Method = method };
            float[][] frames = Frames(random, 9, 70);
            var terms = new StackTerms { Scales = [.. Numbers(random, 9, 0.8, 1.2)], Noise = new StackNoise(1.5, 8, 100) };
            (float[] whole, float[] sigma, _) = Combine(frames, options, terms);
            for (int length = 0; length <= 40; length++)
            {
                int start = length * 30 / 40;
                (float[] part, float[] partSigma, _) = Combine([.. frames.Select(f => f[start..(start + length)])], options, terms);
                Assert.Equal(whole[start..(start + length)], part);
                Assert.Equal(sigma[start..(start + length)], partSigma);
            }
        }
    }

    /// <summary>Of <see cref="StackMethod.MinMaxMean"/> a share of the frames is left out, whether they have a value or not.</summary>
    public static IEnumerable<TheoryDataRow<StackMethod, StackCenter, StackSpread>> WaysWithoutShares =>
        Ways.Where(way => way.Data.Item1 != StackMethod.MinMaxMean);

    [Theory]
    [MemberData(nameof(WaysWithoutShares))]
    public void Frames_without_a_value_change_no_bit(StackMethod method, StackCenter centre, StackSpread spread)
    {
        // Few frames take ways of their own: one round for pixels that lose nothing, the others put aside, no look at the ends. Many do not.
        var random = new SeededRandom(23);
        foreach (int count in Enumerable.Range(1, 10).Concat([16, 17, 32]))
        {
            foreach (double sigma in new[] { 0.6, 1, 3 })
            {
                var options = new StackOptions
                {
                    Method = method,
                    Center = centre,
                    Spread = spread,
                    SigmaLow = sigma,
                    SigmaHigh = 1.2 * sigma,
                    Iterations = sigma < 1 ? 2 : 5,
                };
                const int length = 150;
                float[][] frames = Frames(random, count, length);
                frames[0][7] = float.PositiveInfinity;
                frames[count / 2][8] = float.NegativeInfinity;
                frames[count - 1][9] = 3e38f;
                float[] empty = [.. Enumerable.Repeat(float.NaN, length)];
                float[][] many = [.. frames, .. Enumerable.Repeat(empty, 40 - count)];
                double[] factors = [.. Numbers(random, 40, 0.5, 2)];
                bool weighs = method != StackMethod.Median;
                foreach (StackNoise? noise in new StackNoise?[] { null, new StackNoise(1.5, 8, 900) })
                {
                    foreach (bool scaled in new[] { false, true })
                    {
                        var terms = new StackTerms
                        {
                            Noise = noise,
                            Scales = scaled ? factors : [],
                            Weights = scaled && weighs ? [.. factors.Reverse()] : [],
                        };
                        StackTerms few = terms with { Scales = [.. terms.Scales.Take(count)], Weights = [.. terms.Weights.Take(count)] };
                        Assert.Equal(Variances(many, options, terms), Variances(frames, options, few));
                        (float[] result, _, ushort[] used) = Combine(frames, options, few, withUncertainty: false);
                        (float[] expected, _, ushort[] expectedUsed) = Combine(many, options, terms, withUncertainty: false);
                        Assert.Equal(Bits(expected), Bits(result));
                        Assert.Equal(expectedUsed, used);
                    }
                }
            }
        }

        // The factor that medians and clipping cost is measured for each setting, which takes too long for so many.
        static int[] Variances(float[][] frames, StackOptions options, StackTerms terms) =>
            options
                is { SigmaLow: 3, Center: StackCenter.Median, Method: StackMethod.ClippedMean or StackMethod.Mean, Spread: StackSpread.Mad }
            && terms.Noise is not null
                ? Bits(Combine(frames, options, terms).Uncertainty)
                : [];

        static int[] Bits(float[] values) => [.. values.Select(v => float.IsNaN(v) ? int.MinValue : BitConverter.SingleToInt32Bits(v))];
    }

    [Fact]
    public void Undefined_values_are_left_out_and_nothing_gives_nothing()
    {
        float[][] frames =
        [
            [float.NaN, 1, float.PositiveInfinity],
            [float.NaN, float.NaN, 4],
            [float.NaN, 3, 6],
        ];
        foreach (StackMethod method in new[] { StackMethod.Mean, StackMethod.Median, StackMethod.ClippedMean, StackMethod.WinsorisedMean })
        {
            (float[] result, float[] sigma, ushort[] used) = Combine(frames, new StackOptions { Method = method });
            Assert.Equal([float.NaN, 2, 5], result);
            Assert.Equal([0, 2, 2], used);
            Assert.True(float.IsNaN(sigma[0]));
        }
    }

    [Fact]
    public void Three_standard_deviations_never_reject_among_nine_but_the_default_does()
    {
        // Trap: ccdproc and IRAF style clipping of nine darks at 3 sigma leaves every cosmic ray in the master.
        float[][] frames = [.. new float[] { 10, 11, 9, 10, 12, 8, 10, 11, 5000 }.Select(v => new[] { v })];
        (float[] wrong, _, ushort[] all) = Combine(frames, StandardDeviation with { Center = StackCenter.Mean });
        (float[] right, _, ushort[] used) = Combine(frames, new StackOptions());
        Assert.Equal((9, 8), (all[0], used[0]));
        Assert.True(wrong[0] > 500);
        Assert.Equal(10.125f, right[0]);
    }

    [Fact]
    public void Digitised_values_keep_their_mean_when_more_than_half_are_equal()
    {
        float[][] frames = [.. new float[] { 300, 300, 300, 300, 300, 301, 301, 301, 4000 }.Select(v => new[] { v })];
        (float[] result, _, ushort[] used) = Combine(frames, new StackOptions());
        Assert.Equal(8, used[0]);
        Assert.Equal(300.375f, result[0]);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        float[][] frames =
        [
            [1],
            [2],
        ];
        Assert.Throws<ArgumentException>(() => Combine([], new StackOptions()));
        Assert.Throws<ArgumentException>(() => Combine(frames, new StackOptions { Method = StackMethod.MinMaxMean }));
        Assert.Throws<ArgumentException>(() => Combine(frames, new StackOptions(), new StackTerms { Scales = [1] }));
        Assert.Throws<ArgumentException>(() => Combine(frames, new StackOptions(), new StackTerms { Weights = [1, 0] }));
        Assert.Throws<ArgumentException>(() =>
            Combine(frames, new StackOptions { Method = StackMethod.Median }, new StackTerms { Weights = [1, 2] })
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => new StackOptions { SigmaLow = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new StackOptions() with { Iterations = 0 });
    }

    internal static (float[] Result, float[] Uncertainty, ushort[] Used) Combine(
        float[][] frames,
        StackOptions options,
        StackTerms? terms = null,
        bool withUncertainty = true
    )
    {
        int length = frames.Length > 0 ? frames[0].Length : 0;
        var result = new float[length];
        var uncertainty = new float[withUncertainty ? length : 0];
        var used = new ushort[length];
        Stacking.Combine(
            [.. frames.Select(f => (ReadOnlyMemory<float>)f)],
            length,
            terms ?? StackTerms.None,
            options,
            result,
            uncertainty,
            used
        );
        return (result, uncertainty, used);
    }

    /// <summary>Noise, ties, outliers and gaps.</summary>
    private static float[][] Frames(SeededRandom random, int count, int length)
    {
        var frames = new float[count][];
        for (int i = 0; i < count; i++)
        {
            frames[i] = new float[length];
            for (int p = 0; p < length; p++)
            {
                double noise = 5 * random.Normal();
                double value = 1000 + (p % 3 == 0 ? Math.Round(noise) : noise) + (random.Uniform() < 0.04 ? random.Uniform(-500, 5000) : 0);
                frames[i][p] = p % 5 == 4 && random.Uniform() < 0.3 ? float.NaN : (float)value;
            }
        }
        return frames;
    }

    private static IEnumerable<double> Numbers(SeededRandom random, int count, double low, double high) =>
        Enumerable.Range(0, count).Select(_ => random.Uniform(low, high));

    private static bool Same(double expected, double found, double tolerance) =>
        double.IsNaN(expected) ? double.IsNaN(found) : Math.Abs(expected - found) <= tolerance * Math.Max(Math.Abs(expected), 1);
}
