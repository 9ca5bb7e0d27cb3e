using Albireo.Science.Calibration;
using Albireo.Science.Images;
using Albireo.Science.Numerics;
using Albireo.Science.Sky;

namespace Albireo.Tests.Calibration;

/// <summary>Overscan, linearity, bad pixels, cuts and mirror images.</summary>
public sealed class FrameRepairTests
{
    [Theory]
    [InlineData(OverscanMethod.Median, 1.2)]
    [InlineData(OverscanMethod.Mean, 1.0)]
    [InlineData(OverscanMethod.Polynomial, 0.4)]
    public void Overscan_follows_a_drift_along_the_rows(OverscanMethod method, double worst)
    {
        const int height = 200;
        var random = new SeededRandom(6);
        var image = new Image(60, height);
        var strip = new PixelRegion(50, 60, 0, height);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < 60; x++)
            {
                image[x, y] = (float)(Drift(y) + (x < 50 ? 1000 : 0) + random.Normal());
            }
        }
        image[55, 20] = 9000; // a hit in the strip
        Assert.True(Overscan.IsByRow(image, strip));
        double[] levels = Overscan.Subtract(image, strip, new OverscanOptions { Method = method });
        double squares = 0;
        for (int y = 0; y < height; y++)
        {
            if (method == OverscanMethod.Mean && y == 20)
            {
                continue; // a plain mean does not survive the hit
            }
            Assert.True(Math.Abs(levels[y] - Drift(y)) < worst, $"seed 6, {method}, row {y}: {levels[y]}, true {Drift(y)}");
            squares += Math.Pow(levels[y] - Drift(y), 2);
        }
        double expected = method == OverscanMethod.Polynomial ? Math.Sqrt(4.0 / height / 10) : Math.Sqrt(0.1);
        Assert.InRange(Math.Sqrt(squares / height), 0, 1.6 * expected);
        Assert.InRange(FrameLevel.Of(image, LevelMethod.Mean, new PixelRegion(0, 50, 0, height)), 994, 1001);

        static double Drift(int y) => 300 + (3 * Math.Sin(y / 150.0)) - (0.01 * y);
    }

    [Fact]
    public void Overscan_below_the_frame_gives_levels_of_columns_and_a_constant_is_one_level()
    {
        var image = new Image(40, 30);
        for (int y = 0; y < 30; y++)
        {
            for (int x = 0; x < 40; x++)
            {
                image[x, y] = 100 + x;
            }
        }
        var strip = new PixelRegion(0, 40, 25, 30);
        Assert.False(Overscan.IsByRow(image, strip));
        Assert.Equal(119.5, Overscan.Levels(image, strip, new OverscanOptions { Method = OverscanMethod.Constant })[3]);
        Overscan.Subtract(image, strip, new OverscanOptions());
        Assert.All(image.Pixels.ToArray(), v => Assert.Equal(0, v));
        Assert.Throws<ArgumentException>(() => Overscan.Levels(image, new PixelRegion(38, 45, 0, 30), new OverscanOptions()));
        Assert.Throws<ArgumentException>(() =>
            Overscan.Levels(image, new PixelRegion(0, 2, 0, 2), new OverscanOptions { Method = OverscanMethod.Polynomial, Degree = 5 })
        );
    }

    [Fact]
    public void Linearity_polynomial_undoes_a_curve_and_scales_the_noise_with_its_slope()
    {
        var curve = new Linearity([1, 2e-6, 1e-12]);
        float[] measured = [0, 100, 30000, -10];
        var corrected = new float[4];
        curve.Correct(measured, corrected);
        for (int i = 0; i < 4; i++)
        {
            double v = measured[i];
            Assert.Equal(v + (2e-6 * v * v) + (1e-12 * v * v * v), corrected[i], 1e-6 * Math.Max(1, Math.Abs(v)));
        }
        float[] variance = [4, 4, 4, 4];
        curve.Propagate(measured, variance);
        Assert.Equal(4 * Math.Pow(1 + (4e-6 * 30000) + (3e-12 * 9e8), 2), variance[2], 1e-5);
        Assert.Throws<ArgumentException>(() => new Linearity([]));
    }

    [Fact]
    public void Hot_dead_and_undefined_pixels_are_found_and_repaired()
    {
        var random = new SeededRandom(12);
        var dark = new Image(50, 40);
        var flat = new Image(50, 40);
        for (int y = 0; y < 40; y++)
        {
            for (int x = 0; x < 50; x++)
            {
                dark[x, y] = (float)(5 + random.Normal());
                flat[x, y] = (float)(1 - (0.4 * x / 50) + (0.005 * random.Normal()));
            }
        }
        dark[10, 11] = 60;
        dark[12, 20] = float.NaN;
        flat[30, 5] = 0.3f;
        flat[31, 25] = 1.6f;
        flat[49, 39] = 0;
        var mask = new PixelMask(50, 40);
        Assert.Equal(2, BadPixels.AddHot(dark, new BadPixelOptions(), mask));
        Assert.Equal(3, BadPixels.AddUnresponsive(flat, new BadPixelOptions(), mask));
        (int X, int Y)[] expected = [(10, 11), (12, 20), (30, 5), (31, 25), (49, 39)];
        Assert.All(expected, p => Assert.Equal(PixelQuality.BadPixel, mask[p.X, p.Y]));
        Assert.Equal(5, mask.Flags.ToArray().Count(f => f != PixelQuality.None));

        var image = new Image(50, 40);
        image.Pixels.Fill(7);
        image[10, 11] = 1000;
        image[10, 10] = 3;
        Assert.Equal(5, BadPixels.Repair(image, mask));
        Assert.Equal(6, image[10, 11]);
        Assert.Equal(PixelQuality.BadPixel | PixelQuality.Interpolated, mask[10, 11]);
    }

    [Fact]
    public void Stars_keep_their_place_on_the_sky_when_a_frame_is_cut_or_mirrored()
    {
        var wcs = new Wcs
        {
            ReferencePixel = new PixelPosition(30.5, 22),
            ReferenceDirection = new SkyCoordinate(150, 40),
            Matrix = [-0.001, 0.0001, 0.0002, 0.0011],
        };
        SkyCoordinate star = wcs.ToSky(new PixelPosition(12, 9));
        Same(star, ImageGeometry.Cut(wcs, new PixelRegion(5, 40, 3, 30)).ToSky(new PixelPosition(12 - 5, 9 - 3)));
        Same(star, ImageGeometry.FlipUpDown(wcs, 48).ToSky(new PixelPosition(12, 47 - 9)));
        Same(star, ImageGeometry.FlipLeftRight(wcs, 64).ToSky(new PixelPosition(63 - 12, 9)));
        // Trap of the Schmidt notebook: pixels turned, reference pixel left where it was.
        Assert.True(star.SeparationDegrees(wcs.ToSky(new PixelPosition(12, 47 - 9))) > 0.01);

        var image = new Image(3, 2, [1, 2, 3, 4, 5, 6]);
        ImageGeometry.FlipUpDown(image);
        Assert.Equal([4, 5, 6, 1, 2, 3], image.Pixels.ToArray());
        ImageGeometry.FlipLeftRight(image);
        Assert.Equal([6, 5, 4, 3, 2, 1], image.Pixels.ToArray());
        Assert.Equal([5, 4], ImageGeometry.Cut(image, new PixelRegion(1, 3, 0, 1)).Pixels.ToArray());
        Assert.Throws<ArgumentException>(() => ImageGeometry.Cut(image, new PixelRegion(1, 4, 0, 1)));

        static void Same(SkyCoordinate expected, SkyCoordinate found) => Assert.InRange(expected.SeparationDegrees(found), 0, 1e-9);
    }
}
