using Albireo.Science.Numerics;

namespace Albireo.Tests.Numerics;

public sealed class ExtremesTests
{
    /// <summary>Against one value after the other, for every length around the width of a vector.</summary>
    [Fact]
    public void The_least_and_the_greatest_of_any_number_of_values()
    {
        var random = new SeededRandom(20);
        for (int length = 1; length <= 70; length++)
        {
            float[] values = [.. Enumerable.Range(0, length).Select(_ => (float)random.Normal())];
            Assert.Equal((values.Min(), values.Max()), Extremes.Of(values));
        }
    }

    [Fact]
    public void Zeros_have_a_sign_and_infinities_count()
    {
        foreach (int length in (int[])[2, 40])
        {
            float[] zeros = new float[length];
            zeros[1] = -0f;
            (float least, float greatest) = Extremes.Of(zeros);
            Assert.True(float.IsNegative(least));
            Assert.False(float.IsNegative(greatest));
            zeros[0] = float.PositiveInfinity;
            Assert.Equal(float.PositiveInfinity, Extremes.Of(zeros).Greatest);
        }
    }

    [Fact]
    public void Nan_is_the_answer_where_there_is_one()
    {
        foreach (int place in (int[])[0, 15, 20, 34])
        {
            float[] values = new float[35];
            values[place] = float.NaN;
            Assert.Equal((float.NaN, float.NaN), Extremes.Of(values));
        }
        Assert.Equal((float.PositiveInfinity, float.NegativeInfinity), Extremes.Of([]));
    }
}
