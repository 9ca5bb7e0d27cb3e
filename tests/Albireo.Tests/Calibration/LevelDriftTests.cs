using Albireo.Science.Calibration;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Calibration;

public sealed class LevelDriftTests
{
    private const int Width = 400;
    private const int Height = 150;
    private const float Noise = 10;

    [Fact]
    public void Rows_lose_their_drift_and_the_frame_keeps_its_level()
    {
        Image image = Drifting(out double[] drift);
        LevelDrift.RemoveFromRows(image);
        double level = 100 + drift.Average();
        for (int y = 0; y < Height; y++)
        {
            // A median of 400 pixels is uncertain by 0.063 of the noise of one; stars and NaN take some.
            Assert.InRange(Medians.Of([.. image.Row(y).ToArray().Where(float.IsFinite)]), level - 3, level + 3);
        }
        double mean = image.Pixels.ToArray().Where(v => v < 140).Average(v => (double)v);
        Assert.InRange(mean, level - 0.4, level + 0.4);
        Assert.True(float.IsNaN(image[7, 3]));
    }

    [Fact]
    public void A_flat_sky_stays_and_noise_grows_by_the_noise_of_a_level_alone()
    {
        Image image = Drifting(out _, amplitude: 0);
        Image before = Copy(image);
        LevelDrift.RemoveFromRows(image);
        double change = 0;
        for (int y = 0; y < Height; y++)
        {
            change += Math.Pow(image[1, y] - before[1, y], 2) / Height;
        }
        double expected = Noise * Math.Sqrt(Math.PI / (2 * Width));
        Assert.InRange(Math.Sqrt(change), 0.85 * expected, 1.25 * expected);
    }

    [Fact]
    public void Columns_are_the_rows_of_the_turned_picture()
    {
        Image image = Drifting(out _);
        Image turned = Turned(image);
        LevelDrift.RemoveFromRows(image);
        LevelDrift.RemoveFromColumns(turned);
        Assert.Equal(image.Pixels.ToArray(), Turned(turned).Pixels.ToArray());
    }

    [Fact]
    public void A_row_without_pixels_stays_undefined_and_harms_no_other()
    {
        Image image = Drifting(out double[] drift);
        image.Row(0).Fill(float.NaN);
        LevelDrift.RemoveFromRows(image);
        Assert.True(float.IsNaN(image[0, 0]));
        Assert.InRange(Medians.Of([.. image.Row(Height - 1)]), 97 + drift.Average(), 103 + drift.Average());
    }

    /// <summary>Sky of 100 with a drift from row to row, seed 77, stars and an undefined pixel.</summary>
    private static Image Drifting(out double[] drift, double amplitude = 20)
    {
        var random = new SeededRandom(77);
        var image = new Image(Width, Height);
        drift = new double[Height];
        for (int y = 0; y < Height; y++)
        {
            drift[y] = amplitude * Math.Sin(y / 30.0);
            for (int x = 0; x < Width; x++)
            {
                image[x, y] = (float)(100 + drift[y] + (Noise * random.Normal()));
            }
        }
        for (int star = 0; star < 20; star++)
        {
            (int x, int y) = (15 + (star * 19), 10 + (star * 37 % (Height - 20)));
            for (int j = -3; j <= 3; j++)
            {
                for (int i = -3; i <= 3; i++)
                {
                    image[x + i, y + j] += 5000;
                }
            }
        }
        image[7, 3] = float.NaN;
        return image;
    }

    private static Image Copy(Image image) => new(image.Width, image.Height, [.. image.Pixels]);

    private static Image Turned(Image image)
    {
        var turned = new Image(image.Height, image.Width);
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                turned[y, x] = image[x, y];
            }
        }
        return turned;
    }
}
