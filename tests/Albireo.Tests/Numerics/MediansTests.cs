using Albireo.Science.Numerics;

namespace Albireo.Tests.Numerics;

public class MediansTests
{
    private const ulong Seed = 20261;

    [Fact]
    public void Median_equals_the_middle_of_the_sorted_values_at_every_length()
    {
        var random = new SeededRandom(Seed);
        for (int length = 1; length <= 257; length++)
        {
            float[] values = new float[length];
            double[] doubles = new double[length];
            for (int i = 0; i < length; i++)
            {
                values[i] = (float)(random.Normal() * 10);
                doubles[i] = random.Normal() * 10;
            }
            float expected = (float)((Sorted(values)[(length - 1) / 2] + (double)Sorted(values)[length / 2]) / 2);
            double lower = Sorted(doubles)[(length - 1) / 2];
            double expectedDouble = lower + ((Sorted(doubles)[length / 2] - lower) / 2);
            Assert.True(expected.Equals(Medians.Of(values.AsSpan())), $"length {length}, seed {Seed}");
            Assert.True(expectedDouble.Equals(Medians.Of(doubles.AsSpan())), $"length {length}, seed {Seed}");
        }
    }

    [Theory]
    [InlineData("normal")]
    [InlineData("digitised")]
    [InlineData("two values")]
    [InlineData("heavy tails")]
    [InlineData("thirty decades")]
    [InlineData("constant")]
    [InlineData("rising")]
    [InlineData("infinities")]
    [InlineData("mostly one value")]
    public void Every_rank_of_every_kind_of_data_is_the_sorted_value(string kind)
    {
        var random = new SeededRandom(Seed);
        foreach (int length in new[] { 33, 100, 1000, 4097 })
        {
            float[] values = new float[length];
            for (int i = 0; i < length; i++)
            {
                values[i] = kind switch
                {
                    "normal" => (float)random.Normal(),
                    "digitised" => (float)Math.Round(100 + random.Normal()),
                    "two values" => random.Below(2),
                    "heavy tails" => (float)(random.Normal() / random.Uniform()),
                    "thirty decades" => (float)Math.Pow(10, random.Uniform(-15, 15)) * (random.Below(2) - 0.5f),
                    "constant" => 7,
                    "rising" => i,
                    "infinities" => new[] { float.NegativeInfinity, 0, 1, float.PositiveInfinity }[random.Below(4)],
                    _ => random.Uniform() < 0.99 ? 5 : (float)random.Normal(),
                };
            }
            float[] sorted = Sorted(values);
            for (int rank = 0; rank < length; rank += Math.Max(length / 97, 1))
            {
                (float value, float next) = Selection.Ranked<float>(values, rank);
                Assert.True(sorted[rank] == value, $"rank {rank} of {length}: {value}, sorted {sorted[rank]}; seed {Seed}");
                Assert.Equal(sorted[Math.Min(rank + 1, length - 1)], next);
            }
            Assert.Equal(sorted[^1], Selection.Ranked<float>(values, length - 1).Value);
        }
    }

    [Fact]
    public void A_wrong_guess_does_not_change_the_answer()
    {
        var random = new SeededRandom(Seed);
        float[] values = new float[1000];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)random.Normal();
        }
        float[] sorted = Sorted(values);
        foreach (
            (float low, float high) in new[] { (-9f, -8f), (8f, 9f), (0f, 0f), (1f, -1f), (float.NegativeInfinity, float.PositiveInfinity) }
        )
        {
            Assert.Equal((sorted[500], sorted[501]), Selection.Ranked<float>(values, 500, low, high));
        }
    }

    [Fact]
    public void Not_a_number_is_left_out()
    {
        Assert.Equal(2.5f, Medians.Of(new[] { float.NaN, 3f, 2f, float.NaN }.AsSpan()));
        Assert.Equal(2.0, Medians.Of(new[] { 1.0, double.NaN, 3.0, 2.0 }.AsSpan()));
        Assert.True(float.IsNaN(Medians.Of(new[] { float.NaN }.AsSpan())));
        Assert.True(double.IsNaN(Medians.Of(Span<double>.Empty)));
    }

    private static T[] Sorted<T>(T[] values)
    {
        var copy = (T[])values.Clone();
        Array.Sort(copy);
        return copy;
    }
}
