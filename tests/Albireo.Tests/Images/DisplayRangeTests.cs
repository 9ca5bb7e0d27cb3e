using Albireo.Science.Images;
using Albireo.Tests.Support;

namespace Albireo.Tests.Images;

public class DisplayRangeTests
{
    [Fact]
    public void Zscale_and_percentiles_agree_with_astropy_and_numpy()
    {
        foreach (ReferenceRow row in Reference.Rows("display.csv"))
        {
            Image image = MadeUpFrame.Of(row.Text("kind"), (int)row["width"], (int)row["height"], (long)row["seed"]);
            DisplayRange zscale = DisplayRange.OfZScale(image.Pixels);
            AssertClose(row["zscale_low"], zscale.Low, row);
            AssertClose(row["zscale_high"], zscale.High, row);
            DisplayRange usual = DisplayRange.OfPercentiles(image.Pixels);
            AssertClose(row["p5"], usual.Low, row);
            AssertClose(row["p95"], usual.High, row);
            DisplayRange wide = DisplayRange.OfPercentiles(image.Pixels, 0.5, 99.5);
            AssertClose(row["p05"], wide.Low, row);
            AssertClose(row["p995"], wide.High, row);
        }
    }

    [Fact]
    public void A_frame_without_a_defined_pixel_has_no_limits()
    {
        float[] nothing = [float.NaN, float.NaN, float.PositiveInfinity, float.NegativeInfinity];
        Assert.Equal(new DisplayRange(double.NaN, double.NaN), DisplayRange.OfZScale(nothing));
        Assert.Equal(new DisplayRange(double.NaN, double.NaN), DisplayRange.OfPercentiles(nothing));
    }

    [Fact]
    public void A_flat_frame_has_equal_limits()
    {
        float[] flat = new float[500];
        flat.AsSpan().Fill(7);
        Assert.Equal(new DisplayRange(7, 7), DisplayRange.OfZScale(flat));
        Assert.Equal(new DisplayRange(7, 7), DisplayRange.OfPercentiles(flat));
    }

    [Theory]
    [InlineData(-1, 50)]
    [InlineData(5, 100.1)]
    [InlineData(double.NaN, 50)]
    public void Percentiles_outside_0_to_100_are_refused(double low, double high) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DisplayRange.OfPercentiles([1, 2, 3], low, high));

    [Fact]
    public void Signs_zeros_and_extremes_rank_as_numbers_do()
    {
        float[] values = [0f, -0f, float.MaxValue, -1e-42f, 1e-42f, float.NaN, -3, 3, -float.MaxValue, float.PositiveInfinity];
        float[] sorted = [.. values.Where(float.IsFinite).Order()];
        double[] percents = [.. Enumerable.Range(0, sorted.Length).Select(i => 100.0 * i / (sorted.Length - 1))];
        double[] found = new double[percents.Length];
        PixelRanks.Percentiles(values, percents, found);
        for (int i = 0; i < found.Length; i++)
        {
            Assert.True(
                Math.Abs(found[i] - sorted[i]) <= (1e-9 * Math.Abs(sorted[i])) + 1e-50,
                $"rank {i}: {found[i]} found, {sorted[i]} expected"
            );
        }
        Assert.Equal(0, PixelRanks.Median(values));
    }

    private static void AssertClose(double expected, double found, ReferenceRow row) =>
        Assert.True(
            Math.Abs(expected - found) <= 1e-9 * Math.Max(1, Math.Abs(expected)),
            $"{row.Text("kind")} {row.Text("width")}: {found} found, {expected} expected"
        );
}
