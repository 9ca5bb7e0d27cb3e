using Albireo.Science.Detection;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Detection;

public class MatchedFilterTests
{
    [Theory]
    [InlineData(1.2)]
    [InlineData(2.5)]
    [InlineData(6)]
    public void Weights_add_up_and_noise_factor_is_that_of_white_noise(double fwhm)
    {
        var filter = new MatchedFilter(fwhm);
        double sum = filter.Taps[0];
        double squares = 0;
        for (int j = -filter.Radius; j <= filter.Radius; j++)
        {
            sum += j == 0 ? 0 : filter.Taps[Math.Abs(j)];
            for (int i = -filter.Radius; i <= filter.Radius; i++)
            {
                squares += Math.Pow((double)filter.Taps[Math.Abs(i)] * filter.Taps[Math.Abs(j)], 2);
            }
        }
        Assert.Equal(1, sum, 1e-6);
        Assert.Equal(Math.Sqrt(squares), filter.NoiseFactor, 1e-12);
    }

    [Fact]
    public void A_row_is_filtered_as_the_definition_says()
    {
        var filter = new MatchedFilter(2.5);
        const int Stride = 96;
        const int Pad = 16;
        int rows = (2 * filter.Radius) + 1;
        for (int width = 1; width <= Stride - (2 * Pad); width += 7)
        {
            var random = new SeededRandom((ulong)width);
            var block = new float[rows * Stride];
            for (int r = 0; r < rows; r++)
            {
                for (int x = 0; x < width; x++)
                {
                    block[(r * Stride) + Pad + x] = (float)random.Normal();
                }
            }
            var result = new float[Stride];
            filter.FilterRow(block, Stride, filter.Radius, new float[Stride], result);
            for (int x = 0; x < width; x++)
            {
                double expected = 0;
                for (int j = -filter.Radius; j <= filter.Radius; j++)
                {
                    for (int i = -filter.Radius; i <= filter.Radius; i++)
                    {
                        expected +=
                            (double)filter.Taps[Math.Abs(i)]
                            * filter.Taps[Math.Abs(j)]
                            * block[((filter.Radius + j) * Stride) + Pad + x + i];
                    }
                }
                Assert.Equal(expected, result[Pad + x], 1e-6);
            }
        }
    }
}
