using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Detection;

/// <summary>headers.md, row frame type: a "dark" full of stars.</summary>
public sealed class StarLikeSpotsTests
{
    [Fact]
    public void Stars_are_counted_and_hot_pixels_and_glow_are_not()
    {
        Image dark = Noise(seed: 5);
        var random = new SeededRandom(6); // seeds 5 and 6
        for (int i = 0; i < 300; i++)
        {
            dark[random.Below(200), random.Below(150)] += 2000; // hot pixels, 1 % of all
        }
        for (int y = 0; y < 150; y++)
        {
            for (int x = 0; x < 200; x++)
            {
                dark[x, y] += (float)(600 * Math.Exp(-((x * x) + (y * y)) / 800.0)); // glow of an amplifier in the corner
            }
        }
        Assert.InRange(StarLikeSpots.Count(dark), 0, 2);
        Image light = Noise(seed: 7);
        for (int i = 0; i < 25; i++)
        {
            (double cx, double cy) = (15 + (170 * random.Uniform()), 15 + (120 * random.Uniform()));
            for (int y = 0; y < 150; y++)
            {
                for (int x = 0; x < 200; x++)
                {
                    double r = ((x - cx) * (x - cx)) + ((y - cy) * (y - cy));
                    light[x, y] += (float)(800 * Math.Exp(-r / (2 * 1.5 * 1.5)));
                }
            }
        }
        Assert.InRange(StarLikeSpots.Count(light), 18, 25);
    }

    [Fact]
    public void Constant_and_tiny_pictures_have_none()
    {
        Assert.Equal(0, StarLikeSpots.Count(new Image(50, 50)));
        Assert.Equal(0, StarLikeSpots.Count(new Image(3, 3)));
    }

    private static Image Noise(ulong seed)
    {
        var random = new SeededRandom(seed);
        var image = new Image(200, 150);
        foreach (ref float pixel in image.Pixels)
        {
            pixel = (float)Math.Round(500 + (8 * random.Normal()));
        }
        return image;
    }

    [Theory]
    [InlineData(45)]
    [InlineData(64)]
    public void A_spot_is_found_in_every_column_where_it_has_a_ring(int width)
    {
        const int reach = 6;
        for (int x = 1; x < width - 1; x++)
        {
            var image = new Image(width, 20);
            for (int i = 0; i < image.Pixels.Length; i++)
            {
                image.Pixels[i] = 100 + (i * 7 % 5);
            }
            for (int dx = -1; dx <= 1; dx++)
            {
                for (int dy = -1; dy <= 1; dy++)
                {
                    image[x + dx, 10 + dy] = 1000 - (100 * (Math.Abs(dx) + Math.Abs(dy)));
                }
            }
            Assert.Equal(x >= reach && x < width - reach ? 1 : 0, StarLikeSpots.Count(image));
        }
    }
}
