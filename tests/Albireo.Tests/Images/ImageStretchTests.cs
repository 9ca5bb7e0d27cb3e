using Albireo.Science.Images;

namespace Albireo.Tests.Images;

public class ImageStretchTests
{
    [Fact]
    public void Tones_run_from_black_to_white_and_leave_0_to_undefined_pixels()
    {
        float[] values = [float.NaN, float.NegativeInfinity, 99, 100, 150, 200, 201, float.PositiveInfinity];
        foreach (StretchCurve curve in Enum.GetValues<StretchCurve>())
        {
            byte[] tones = new byte[values.Length];
            new ImageStretch(new DisplayRange(100, 200), curve).Apply(values, tones);
            byte middle = curve switch
            {
                StretchCurve.Linear => 128,
                StretchCurve.Asinh => (byte)(1 + Math.Round(254 * Math.Asinh(5) / Math.Asinh(10))),
                _ => (byte)(1 + Math.Round(254 * Math.Log(501) / Math.Log(1001))),
            };
            Assert.Equal([0, 1, 1, 1, middle, 255, 255, 255], tones);
        }
    }

    [Fact]
    public void Vectors_and_single_values_agree_at_every_length()
    {
        var stretch = new ImageStretch(new DisplayRange(40, 90));
        float[] values = [.. MadeUpFrame.Of("holes", 20, 13, 8).Pixels, float.PositiveInfinity, float.NegativeInfinity, float.NaN, 40, 90];
        for (int start = 0; start < values.Length; start += 7)
        {
            ReadOnlySpan<float> part = values.AsSpan(start);
            byte[] tones = new byte[part.Length];
            stretch.Apply(part, tones);
            for (int i = 0; i < part.Length; i++)
            {
                byte[] one = new byte[1];
                stretch.Apply(part.Slice(i, 1), one);
                Assert.Equal(one[0], tones[i]);
            }
        }
    }

    [Fact]
    public void A_large_picture_has_the_tones_of_its_pixels()
    {
        float[] values = [.. MadeUpFrame.Of("stars", 300, 250, 3).Pixels, float.PositiveInfinity, float.NaN, float.NegativeInfinity];
        var range = DisplayRange.OfPercentiles(values, 20, 99.7);
        foreach (StretchCurve curve in Enum.GetValues<StretchCurve>())
        {
            var stretch = new ImageStretch(range, curve);
            byte[] tones = new byte[values.Length];
            stretch.Apply(values, tones);
            byte[] single = new byte[values.Length];
            for (int i = 0; i < values.Length; i++)
            {
                stretch.Apply(values.AsSpan(i, 1), single.AsSpan(i, 1));
            }
            Assert.Equal(single, tones);
        }
    }

    [Fact]
    public void Every_curve_rises()
    {
        float[] values = [.. Enumerable.Range(0, 1001).Select(i => i / 1000f)];
        byte[] tones = new byte[values.Length];
        foreach (StretchCurve curve in Enum.GetValues<StretchCurve>())
        {
            new ImageStretch(new DisplayRange(0, 1), curve).Apply(values, tones);
            Assert.Equal((1, 255), (tones[0], tones[^1]));
            for (int i = 1; i < tones.Length; i++)
            {
                Assert.True(tones[i] >= tones[i - 1], $"{curve} falls at {values[i]}");
            }
        }
    }

    [Theory]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(5, 5)]
    [InlineData(6, 4)]
    public void A_range_without_extent_shows_two_tones(double low, double high)
    {
        byte[] tones = new byte[3];
        new ImageStretch(new DisplayRange(low, high)).Apply([float.NaN, 1, 1000], tones);
        Assert.Equal([(byte)0, (byte)1, double.IsNaN(low) ? (byte)1 : (byte)255], tones);
    }

    [Fact]
    public void Shrinking_takes_the_mean_of_defined_pixels_in_each_block()
    {
        var image = new Image(5, 3, [1, 2, 3, 4, 5, 6, 7, 8, float.NaN, 10, 11, 12, float.NaN, float.NaN, float.NaN]);
        Image small = ImageShrink.ByArea(image, 2);
        Assert.Equal((3, 2), (small.Width, small.Height));
        Assert.Equal([4f, 5f, 7.5f, 11.5f, float.NaN, float.NaN], small.Pixels.ToArray());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void A_part_of_a_shrunk_picture_is_that_part_of_the_whole(int factor)
    {
        Image image = MadeUpFrame.Of("stars", 121, 67, 5);
        image[17, 9] = float.NaN;
        Image whole = ImageShrink.ByArea(image, factor);
        var part = new Image(whole.Width - 4, whole.Height - 2); // up to the cut blocks at the edges
        ImageShrink.ByArea(image, factor, 4, 2, part);
        for (int y = 0; y < part.Height; y++)
        {
            Assert.Equal(whole.Row(y + 2)[4..].ToArray(), part.Row(y).ToArray());
            for (int x = 0; x < part.Width; x++)
            {
                double sum = 0;
                int count = 0;
                for (int r = (y + 2) * factor; r < Math.Min(image.Height, (y + 3) * factor); r++)
                {
                    for (int c = (x + 4) * factor; c < Math.Min(image.Width, (x + 5) * factor); c++)
                    {
                        (sum, count) = float.IsNaN(image[c, r]) ? (sum, count) : (sum + image[c, r], count + 1);
                    }
                }
                Assert.Equal(sum / count, part[x, y], 1e-6 * Math.Abs(sum / count));
            }
        }
    }

    [Fact]
    public void Shrinking_by_a_divisor_keeps_the_mean()
    {
        Image image = MadeUpFrame.Of("stars", 120, 60, 9);
        double before = image.Pixels.ToArray().Average(v => (double)v);
        double after = ImageShrink.ByArea(image, 4).Pixels.ToArray().Average(v => (double)v);
        Assert.Equal(before, after, tolerance: 1e-4);
        Assert.Equal(image.Pixels.ToArray(), ImageShrink.ByArea(image, 1).Pixels.ToArray());
    }

    [Theory]
    [InlineData(4096, 4096, 1000, 5)]
    [InlineData(1000, 10, 1000, 1)]
    [InlineData(10, 1001, 1000, 2)]
    public void The_factor_is_the_least_that_fits(int width, int height, int most, int factor) =>
        Assert.Equal(factor, ImageShrink.FactorToFit(width, height, most, most));
}
