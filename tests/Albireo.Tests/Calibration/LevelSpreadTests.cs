using Albireo.Science.Calibration;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Calibration;

/// <summary>Sky of 100 with a noise of 10 in 64 × 256 values, seed 5 unless said.</summary>
public sealed class LevelSpreadTests
{
    private const int Rows = 64;
    private const int Columns = 256;
    private const double Noise = 10;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_level_sky_has_the_spread_of_its_medians(ulong seed)
    {
        LevelSpread spread = LevelSpread.Of(Sky((_, _) => 0, seed), Columns);
        // Sixteen medians of 1024 values: 3.53 standard deviations of sqrt(pi/2/1024) from the least to the greatest on average.
        Assert.InRange(spread.Rows, 0.06 * Noise, 0.25 * Noise);
        Assert.InRange(spread.Columns, 0.06 * Noise, 0.25 * Noise);
        Assert.InRange(spread.Noise, 0.97 * Noise, 1.03 * Noise);
        Assert.False(spread.IsOfRows || spread.IsOfColumns);
    }

    [Fact]
    public void A_drift_from_row_to_row_is_one_of_rows()
    {
        float[] sample = Sky((_, y) => 30.0 * y / Rows);
        LevelSpread spread = LevelSpread.Of(sample, Columns);
        Assert.InRange(spread.Rows, 26, 31); // fifteen sixteenths of 30, with the noise of medians
        Assert.True(spread.IsOfRows);
        Assert.False(spread.IsOfColumns);
        LevelSpread turned = LevelSpread.Of(Turned(sample), Rows);
        Assert.Equal((spread.Rows, spread.Columns), (turned.Columns, turned.Rows));
        Assert.True(turned.IsOfColumns);
        Assert.False(turned.IsOfRows);
    }

    [Fact]
    public void A_sky_that_slopes_both_ways_is_no_drift()
    {
        LevelSpread spread = LevelSpread.Of(Sky((x, y) => (30.0 * y / Rows) + (12.0 * x / Columns)), Columns);
        Assert.False(spread.IsOfRows || spread.IsOfColumns);
    }

    [Fact]
    public void Less_than_the_noise_is_no_drift()
    {
        LevelSpread spread = LevelSpread.Of(Sky((_, y) => 9.0 * y / Rows), Columns);
        Assert.False(spread.IsOfRows);
    }

    [Fact]
    public void Stars_and_undefined_pixels_do_not_count()
    {
        float[] sample = Sky((_, _) => 0);
        for (int i = 0; i < sample.Length; i += 41)
        {
            sample[i] = i % 2 == 0 ? float.NaN : 20_000;
        }
        sample.AsSpan(0, 4 * Columns).Fill(float.NaN); // a sixteenth of the rows has no pixel at all
        LevelSpread spread = LevelSpread.Of(sample, Columns);
        Assert.InRange(spread.Rows, 0.06 * Noise, 0.3 * Noise);
        Assert.InRange(spread.Columns, 0.06 * Noise, 0.3 * Noise);
    }

    [Fact]
    public void Without_a_defined_pixel_nothing_is_said()
    {
        float[] sample = new float[Rows * Columns];
        Array.Fill(sample, float.NaN);
        LevelSpread spread = LevelSpread.Of(sample, Columns);
        Assert.False(spread.IsOfRows || spread.IsOfColumns);
    }

    [Fact]
    public void Parts_must_be_sixteenths()
    {
        Assert.Throws<ArgumentException>(() => LevelSpread.Of(new float[64 * 250], 250));
        Assert.Throws<ArgumentException>(() => LevelSpread.Of(new float[60 * 256], 256));
        Assert.Throws<ArgumentException>(() => LevelSpread.Of([], 256));
    }

    private static float[] Sky(Func<int, int, double> more, ulong seed = 5)
    {
        var random = new SeededRandom(seed);
        return
        [
            .. Enumerable.Range(0, Rows * Columns).Select(i => (float)(100 + (Noise * random.Normal()) + more(i % Columns, i / Columns))),
        ];
    }

    private static float[] Turned(float[] sample) =>
        [.. Enumerable.Range(0, sample.Length).Select(i => sample[(i % Rows * Columns) + (i / Rows)])];
}
