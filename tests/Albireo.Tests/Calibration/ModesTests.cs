using Albireo.Science.Calibration;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Calibration;

public sealed class ModesTests
{
    [Fact]
    public void Exact_mode_is_the_smallest_most_frequent_value()
    {
        Assert.Equal(2f, Modes.Exact<float>([1, 2, 2, 3, 3, 5]));
        Assert.Equal(1d, Modes.Exact<double>([1, 1.5, 2]));
        Assert.Equal(7f, Modes.Exact<float>([7]));
        Assert.Throws<ArgumentException>(() => Modes.Exact<float>([]));
    }

    [Fact]
    public void Half_sample_mode_of_small_samples_by_hand()
    {
        Assert.Equal(4, Modes.HalfSample<float>([4]));
        Assert.Equal(4.5, Modes.HalfSample<float>([4, 5]));
        Assert.Equal(1.5, Modes.HalfSample<float>([1, 2, 5]));
        Assert.Equal(2, Modes.HalfSample<float>([1, 2, 3]));
        Assert.Equal(10.125, Modes.HalfSample<double>([1, 3, 10, 10.1, 10.15, 20]), 1e-12);
    }

    [Fact]
    public void Half_sample_mode_finds_the_sky_under_many_stars_where_the_exact_mode_of_quotients_does_not()
    {
        // Trap of the McDonald notebook: after a division almost every value is unique and the exact mode is the smallest of all.
        var random = new SeededRandom(8);
        var values = new float[20001];
        for (int i = 0; i < values.Length; i++)
        {
            double sky = Math.Round(1000 + (8 * random.Normal()));
            double star = random.Uniform() < 0.3 ? -300 * Math.Log(1 - random.Uniform()) : 0;
            values[i] = (float)((sky + star) / (0.9 + (0.2 * random.Uniform())) * 1.0000123);
        }
        double level = FrameLevel.Of(values.AsSpan(), LevelMethod.HalfSampleMode);
        double exact = FrameLevel.Of(values.AsSpan(), LevelMethod.ExactMode);
        Assert.InRange(level, 940, 1080);
        Assert.True(Math.Abs(exact - 1000) > Math.Abs(level - 1000), $"exact mode {exact}, half-sample mode {level}");
    }

    [Fact]
    public void Level_of_a_region_leaves_undefined_pixels_out()
    {
        var image = new Image(4, 3);
        image.Pixels.Fill(5);
        image[1, 1] = 7;
        image[2, 1] = float.NaN;
        Assert.Equal(6, FrameLevel.Of(image, LevelMethod.Mean, new PixelRegion(1, 3, 1, 3) with { EndRow = 2, FirstColumn = 0 }));
        Assert.Equal(5, FrameLevel.Of(image, LevelMethod.Median, new PixelRegion(-10, 100, -10, 100)));
        Assert.Equal(5, FrameLevel.Of(image, LevelMethod.ExactMode));
        Assert.Throws<ArgumentException>(() => FrameLevel.Of(image, LevelMethod.Mean, new PixelRegion(4, 9, 0, 3)));
        image.Pixels.Fill(float.NaN);
        Assert.True(double.IsNaN(FrameLevel.Of(image, LevelMethod.Median)));
    }

    [Fact]
    public void A_flat_without_light_is_refused_in_a_sentence()
    {
        Assert.Throws<ArgumentException>(() => MasterFlat.Scales([100, 0], 100));
        Assert.Throws<ArgumentException>(() => MasterFlat.Normalise(new Image(3, 3), null));
        var flat = new Image(3, 1, [2, 4, 6]);
        var sigma = new Image(3, 1, [0.4f, 0.4f, 0.4f]);
        Assert.Equal(4, MasterFlat.Normalise(flat, sigma));
        Assert.Equal([0.5f, 1, 1.5f], flat.Pixels.ToArray());
        Assert.Equal([0.1f, 0.1f, 0.1f], sigma.Pixels.ToArray());
    }
}
