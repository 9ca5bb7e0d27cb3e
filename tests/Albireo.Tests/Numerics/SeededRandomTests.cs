using Albireo.Science.Numerics;

namespace Albireo.Tests.Numerics;

public sealed class SeededRandomTests
{
    [Fact]
    public void Same_seed_gives_same_numbers()
    {
        var a = new SeededRandom(7);
        var b = new SeededRandom(7);
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(a.NextBits(), b.NextBits());
        }
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(9.5)]
    [InlineData(12.0)]
    [InlineData(4000.0)]
    public void Poisson_has_equal_mean_and_variance(double mean)
    {
        const int count = 200_000;
        var random = new SeededRandom(11);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++)
        {
            double deviation = random.Poisson(mean) - mean;
            sum += deviation;
            squares += deviation * deviation;
        }
        double sigma = Math.Sqrt(mean / count);
        Assert.InRange(sum / count, -4 * sigma, 4 * sigma);
        Assert.InRange(squares / count / mean, 0.98, 1.02);
    }

    [Fact]
    public void Normal_has_unit_width()
    {
        const int count = 200_000;
        var random = new SeededRandom(3);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++)
        {
            double z = random.Normal();
            sum += z;
            squares += z * z;
        }
        Assert.InRange(sum / count, -0.01, 0.01);
        Assert.InRange(squares / count, 0.985, 1.015);
    }
}
