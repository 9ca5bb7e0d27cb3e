using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Images;

/// <summary>One colour out of a mosaic, by hand and by the noise that it must have.</summary>
public sealed class BayerPlaneTests
{
    // Pixel (x, y) holds 10 y + x; 5 columns and 4 rows, so that the last column is left over.
    private static readonly float[] Mosaic = [.. Enumerable.Range(0, 20).Select(i => (10f * (i / 5)) + (i % 5))];

    [Theory]
    [InlineData("RGGB", ColourChannel.Red, 0, 0, new float[] { 0, 2, 20, 22 })]
    [InlineData("RGGB", ColourChannel.Blue, 1, 1, new float[] { 11, 13, 31, 33 })]
    [InlineData("RGGB", ColourChannel.Green, 0.5, 0.5, new float[] { 5.5f, 7.5f, 25.5f, 27.5f })]
    [InlineData("BGGR", ColourChannel.Red, 1, 1, new float[] { 11, 13, 31, 33 })]
    [InlineData("GRBG", ColourChannel.Red, 1, 0, new float[] { 1, 3, 21, 23 })]
    [InlineData("GRBG", ColourChannel.Blue, 0, 1, new float[] { 10, 12, 30, 32 })]
    [InlineData("GRBG", ColourChannel.Green, 0.5, 0.5, new float[] { 5.5f, 7.5f, 25.5f, 27.5f })]
    [InlineData("GBRG", ColourChannel.Red, 0, 1, new float[] { 10, 12, 30, 32 })]
    public void A_plane_is_every_second_pixel_or_the_mean_of_two(string cell, ColourChannel channel, double x, double y, float[] expected)
    {
        var plane = new BayerPlane(cell, channel);
        var found = new float[4];
        plane.Extract(Mosaic, 5, found);
        Assert.Equal(expected, found);
        Assert.Equal((x, y), plane.Origin);
        Assert.Equal(channel == ColourChannel.Green ? 2 : 1, plane.PixelsAveraged);
        // The value at the plane's first pixel is the mosaic's (linear in x and y) at the origin.
        Assert.Equal((10 * y) + x, found[0]);
    }

    [Fact]
    public void A_mean_of_which_one_pixel_is_saturated_is_saturated_and_an_undefined_one_is_undefined()
    {
        var plane = new BayerPlane("RGGB", ColourChannel.Green) { SaturationAdu = 4095 };
        float[] mosaic = [0, 4095, 0, 10, 0, float.NaN, 20, 0, 30, 0, 40, 0];
        var found = new float[3];
        plane.Extract(mosaic, 6, found);
        Assert.Equal([4095, 20, float.NaN], found);
    }

    [Theory]
    [InlineData("RGB")]
    [InlineData("rggb")]
    [InlineData("RRGB")]
    [InlineData("RGBG")]
    public void Other_mosaics_are_refused(string cell) => Assert.Throws<ArgumentException>(() => new BayerPlane(cell, ColourChannel.Red));

    [Fact]
    public void Green_has_the_noise_of_twice_the_gain()
    {
        // Gain g e-/ADU, read noise r e-: variance of a pixel S/g + (r/g)² ADU². The mean of two, as one pixel of gain 2 g and √2 r.
        const double g = 1.6;
        const double r = 7;
        const double level = 900;
        const int side = 1000;
        var random = new SeededRandom(20); // seed 20
        var mosaic = new float[side * side];
        for (int i = 0; i < mosaic.Length; i++)
        {
            mosaic[i] = (float)(level + (random.Normal() * Math.Sqrt((level / g) + (r * r / g / g))));
        }
        var plane = new BayerPlane("GRBG", ColourChannel.Green);
        var green = new float[side * side / 4];
        plane.Extract(mosaic, side, green);
        double mean = green.Average(v => (double)v);
        double variance = green.Sum(v => (v - mean) * (v - mean)) / (green.Length - 1);
        double gain = plane.PixelsAveraged * g;
        double readNoise = Math.Sqrt(plane.PixelsAveraged) * r;
        Assert.Equal(1, variance / ((level / gain) + (readNoise * readNoise / gain / gain)), 0.015); // 5 σ of a variance of 250 000
    }
}
