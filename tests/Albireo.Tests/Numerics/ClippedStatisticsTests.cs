using System.Globalization;
using Albireo.Science.Numerics;
using Albireo.Tests.Support;

namespace Albireo.Tests.Numerics;

public class ClippedStatisticsTests
{
    private const ulong Seed = 20263;

    [Fact]
    public void Statistics_agree_with_astropy()
    {
        float[] values = [];
        foreach (ReferenceRow row in Reference.Rows("clipped_statistics.csv"))
        {
            // "=" stands for the values of the row before.
            string text = row.Text("values");
            values = text == "=" ? values : Array.ConvertAll(text.Split(' '), v => float.Parse(v, CultureInfo.InvariantCulture));
            var options = new ClipOptions
            {
                SigmaLow = row["low"],
                SigmaHigh = row["high"],
                MaxIterations = (int)row["iterations"],
                Center = row.Text("center") == "mean" ? ClipCenter.Mean : ClipCenter.Median,
                Spread = row.Text("spread") == "std" ? ClipSpread.StandardDeviation : ClipSpread.MedianAbsoluteDeviation,
            };
            ClippedStatistics found = ClippedStatistics.Of((float[])values.Clone(), options);
            string which = $"{row.Text("kind")}, {values.Length} values, {options}: {found}";
            Assert.True(Close(row["mean"], found.Mean), which);
            Assert.True(Close(row["median"], found.Median), which);
            Assert.True(Close(row["std"], found.StandardDeviation), which);
        }
    }

    [Fact]
    public void Every_length_agrees_with_the_definition()
    {
        var random = new SeededRandom(Seed);
        for (int length = 0; length <= 257; length++)
        {
            float[] values = new float[length];
            for (int i = 0; i < length; i++)
            {
                values[i] = (float)(100 + random.Normal() + (random.Uniform() < 0.1 ? 50 * random.Uniform() : 0));
            }
            var options = new ClipOptions { SigmaLow = 2.5, MaxIterations = length % 4 };
            ClippedStatistics expected = Definition(values, options);
            ClippedStatistics found = ClippedStatistics.Of(values, options);
            string which = $"length {length}, seed {Seed}: {found} for {expected}";
            Assert.True(expected.Count == found.Count, which);
            Assert.True(expected.Median.Equals(found.Median), which);
            Assert.True(length == 0 || Math.Abs(expected.Mean - found.Mean) < 1e-12 * 100, which);
            Assert.True(length == 0 || Math.Abs(expected.StandardDeviation - found.StandardDeviation) < 1e-12 * 100, which);
        }
    }

    [Fact]
    public void Nothing_but_undefined_values_gives_no_statistics()
    {
        var found = ClippedStatistics.Of([float.NaN, float.PositiveInfinity, float.NegativeInfinity], new ClipOptions());
        Assert.Equal(0, found.Count);
        Assert.True(double.IsNaN(found.Mean) && double.IsNaN(found.Median) && double.IsNaN(found.StandardDeviation));
    }

    [Fact]
    public void A_constant_has_no_spread_and_loses_nothing()
    {
        float[] values = new float[1000];
        values.AsSpan().Fill(1234.567f);
        Assert.Equal(new ClippedStatistics(1234.567f, 1234.567f, 0, 1000), ClippedStatistics.Of(values, new ClipOptions()));
    }

    [Fact]
    public void Clipping_beside_a_huge_value_keeps_the_small_spread()
    {
        // The first round's sums hold 1e9²; the last round's must not suffer from it.
        float[] values = new float[101];
        for (int i = 0; i < 100; i++)
        {
            values[i] = i % 2;
        }
        values[100] = 1e9f;
        var found = ClippedStatistics.Of(values, new ClipOptions());
        Assert.Equal(100, found.Count);
        Assert.Equal(0.5, found.Mean, 1e-15);
        Assert.Equal(0.5, found.StandardDeviation, 1e-15);
    }

    private static bool Close(double expected, double found) =>
        (double.IsNaN(expected) && double.IsNaN(found)) || Math.Abs(expected - found) <= 1e-12 * Math.Max(Math.Abs(expected), 1);

    /// <summary>astropy's loop, as plainly as it can be written.</summary>
    private static ClippedStatistics Definition(float[] values, ClipOptions options)
    {
        float[] kept = values;
        for (int round = 1; kept.Length > 0; round++)
        {
            double center = Middle(kept);
            double mean = kept.Average(v => (double)v);
            double spread = Math.Sqrt(kept.Average(v => (v - mean) * (v - mean)));
            double low = center - (options.SigmaLow * spread);
            double high = center + (options.SigmaHigh * spread);
            float[] next = [.. kept.Where(v => v >= low && v <= high)];
            bool changed = next.Length != kept.Length;
            kept = next;
            if (!changed || round == options.MaxIterations)
            {
                break;
            }
        }
        if (kept.Length == 0)
        {
            return new ClippedStatistics(double.NaN, double.NaN, double.NaN, 0);
        }
        double last = kept.Average(v => (double)v);
        return new ClippedStatistics(last, Middle(kept), Math.Sqrt(kept.Average(v => (v - last) * (v - last))), kept.Length);
    }

    private static double Middle(float[] values)
    {
        float[] sorted = [.. values.Order()];
        return ((double)sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
