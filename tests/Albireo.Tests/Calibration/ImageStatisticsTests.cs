using Albireo.Science.Calibration;
using Albireo.Science.Images;
using Albireo.Science.Numerics;
using Albireo.Tests.Images;
using Albireo.Tests.Support;

namespace Albireo.Tests.Calibration;

public class ImageStatisticsTests
{
    [Fact]
    public void Statistics_agree_with_numpy_and_astropy()
    {
        foreach (ReferenceRow row in Reference.Rows("display.csv"))
        {
            Image image = MadeUpFrame.Of(row.Text("kind"), (int)row["width"], (int)row["height"], (long)row["seed"]);
            float[] before = image.Pixels.ToArray();
            ImageStatistics found = ImageStatistics.Of(image, new ImageStatisticsOptions { WholeNumbers = true });
            Assert.Equal((long)row["count"], found.Count);
            Assert.Equal(image.Pixels.Length - (long)row["count"], found.UndefinedCount);
            (string Name, double Value)[] values =
            [
                ("sum", found.Sum),
                ("min", found.Minimum),
                ("max", found.Maximum),
                ("mean", found.Mean),
                ("median", found.Median),
                ("std", found.StandardDeviation),
                ("mode", found.Mode),
            ];
            ImageStatistics clipped = ImageStatistics.Of(image, new ImageStatisticsOptions { Clip = new ClipOptions() });
            values =
            [
                .. values,
                ("clipped_mean", clipped.Mean),
                ("clipped_median", clipped.Median),
                ("clipped_std", clipped.StandardDeviation),
            ];
            foreach ((string name, double value) in values)
            {
                Assert.True(
                    Math.Abs(row[name] - value) <= 1e-9 * Math.Max(1, Math.Abs(row[name])),
                    $"{row.Text("kind")}: {name} is {value}, {row[name]} expected"
                );
            }
            Assert.Equal(before, image.Pixels.ToArray());
        }
    }

    [Fact]
    public void Only_the_region_counts_and_it_is_half_open()
    {
        var image = new Image(4, 3, [0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, float.NaN]);
        ImageStatistics found = ImageStatistics.Of(image, new ImageStatisticsOptions { Region = new PixelRegion(1, 4, 1, 3) });
        Assert.Equal((3, 2), (found.Width, found.Height));
        Assert.Equal((5L, 1L), (found.Count, found.UndefinedCount));
        Assert.Equal((79.0, 11.0, 22.0, 13.0), (found.Sum, found.Minimum, found.Maximum, found.Median));
    }

    [Fact]
    public void Pixels_that_are_left_out_count_neither_as_values_nor_as_undefined()
    {
        var image = new Image(3, 1, [1, 1000, 3]);
        ImageStatistics found = ImageStatistics.Of(image, leftOut: [false, true, false]);
        Assert.Equal((2L, 0L, 4.0), (found.Count, found.UndefinedCount, found.Sum));
    }

    [Fact]
    public void What_is_clipped_counts_nowhere()
    {
        var image = new Image(101, 1);
        for (int i = 0; i < 100; i++)
        {
            image[i, 0] = i % 2;
        }
        image[100, 0] = 5000;
        ImageStatistics found = ImageStatistics.Of(image, new ImageStatisticsOptions { Clip = new ClipOptions() });
        Assert.Equal((100L, 50.0, 1.0), (found.Count, found.Sum, found.Maximum));
    }

    [Fact]
    public void A_frame_without_values_has_none()
    {
        ImageStatistics found = ImageStatistics.Of(new Image(2, 1, [float.NaN, float.PositiveInfinity]));
        Assert.Equal((0L, 2L, 0.0), (found.Count, found.UndefinedCount, found.Sum));
        Assert.All(
            [found.Minimum, found.Maximum, found.Mean, found.Median, found.StandardDeviation, found.Mode],
            v => Assert.True(double.IsNaN(v))
        );
    }

    [Fact]
    public void The_mode_of_measured_values_lies_where_they_crowd()
    {
        // A peak at 100 with a long tail upwards, as in a starry frame: the mean is pulled, the mode is not.
        var random = new SeededRandom(20);
        var image = new Image(300, 300);
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            double noise = random.Uniform() + random.Uniform() + random.Uniform() - 1.5;
            image.Pixels[i] = (float)(100 + (4 * noise) + (i % 5 == 0 ? 200 * random.Uniform() : 0));
        }
        ImageStatistics found = ImageStatistics.Of(image);
        Assert.True(found.Mean > 115, $"seed 20: mean {found.Mean}");
        Assert.True(Math.Abs(found.Mode - 100) < 0.6, $"seed 20: mode {found.Mode}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(20001)]
    public void Sorting_by_bits_is_sorting_by_value(int count)
    {
        var random = new SeededRandom(21);
        float[] values = [.. Enumerable.Range(0, count).Select(i => (float)((random.Uniform() - 0.5) * Math.Pow(10, (i % 60) - 30)))];
        float[] expected = [.. values.Order()];
        PixelSort.Sort(values);
        Assert.Equal(expected, values);
    }
}
