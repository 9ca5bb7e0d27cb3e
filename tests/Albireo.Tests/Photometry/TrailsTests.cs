using Albireo.Science.Background;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Photometry;
using Albireo.Tests.Detection;

namespace Albireo.Tests.Photometry;

public class TrailsTests
{
    [Theory]
    [InlineData(27, 60)]
    [InlineData(-70, 90)]
    [InlineData(90, 60)]
    [InlineData(0, 150)]
    public void A_trail_over_stars_is_one_line_across_the_picture(double degrees, double height)
    {
        StarField field = Field(degrees, height, double.PositiveInfinity);
        Trail[] trails = Find(field);
        Trail trail = trails.MaxBy(Length);
        double radians = degrees * Math.PI / 180;
        (double cos, double sin) = Math.SinCos(radians) is var (s, c) ? (c, s) : default;
        // Every point of the true line that lies on the picture is within its light, and it is not much wider than the light.
        for (double along = -600; along <= 600; along += 5)
        {
            (double x, double y) = (200 + (along * cos), 190 + (along * sin));
            if (field.Image.Contains(x, y))
            {
                Assert.True(trail.Distance(x, y) < 2, $"({x:F0}, {y:F0}) at {degrees}°: {trail}, of {trails.Length}, seed {field.Seed}");
            }
        }
        Assert.InRange(trail.HalfWidthPixels, 2, 9);
        Assert.True(trail.Distance(200 - (25 * sin), 190 + (25 * cos)) > 10);
        Assert.All(trails.Where(t => t != trail), t => Assert.True(Length(t) < 80));
    }

    [Fact]
    public void A_short_trail_ends_where_it_ends_and_stars_alone_are_none()
    {
        Trail trail = Find(Field(30, 80, 60)).MaxBy(Length);
        Assert.InRange(Length(trail), 70, 150); // 120: stars on it part it, and its last pieces may be too short to be told from stars
        Assert.Empty(Find(Field(30, 0, 0)));
    }

    [Fact]
    public void Distances_and_shares_are_those_of_the_geometry()
    {
        var trail = new Trail(new PixelPosition(0, 0), new PixelPosition(100, 0), 3);
        Assert.Equal(0, trail.Distance(50, 2));
        Assert.Equal(4, trail.Distance(50, -7), 1e-12);
        Assert.Equal(7, trail.Distance(110, 0), 1e-12);
        // A strip of height 6 through the middle of a ring 10 … 20: ∫ 4 asin(3/r) r dr / (π (20² − 10²)).
        double share = 0;
        for (double r = 10.005; r < 20; r += 0.01)
        {
            share += 4 * Math.Asin(3 / r) * r * 0.01 / (Math.PI * 300);
        }
        Assert.Equal(share, trail.ShareOfRing(new PixelPosition(50, 0), 10, 20), 0.015);
        Assert.Equal(0, trail.ShareOfRing(new PixelPosition(50, 30), 10, 20));
    }

    private static double Length(Trail t) => Math.Sqrt(Math.Pow(t.End.X - t.Start.X, 2) + Math.Pow(t.End.Y - t.Start.Y, 2));

    private static Trail[] Find(StarField field)
    {
        BackgroundMap background = BackgroundMesh.Measure(field.Image, null, new BackgroundOptions());
        Source[] sources = SegmentFinder.Find(field.Image, background, null, null, double.NaN, new DetectionOptions());
        return Trails.Of(sources, field.Image.Width, field.Image.Height);
    }

    // 60 stars, and one more right on a long trail through (200, 190).
    private static StarField Field(double degrees, double height, double halfLength)
    {
        StarField field = new StarField(400, 380, seed: 71, sky: 300).Scatter(60, 2000, 60_000, 3);
        if (double.IsInfinity(halfLength))
        {
            field.Gaussian(200, 190, 20_000, 3);
        }
        double radians = degrees * Math.PI / 180;
        for (int y = 0; y < 380; y++)
        {
            for (int x = 0; x < 400; x++)
            {
                double along = ((x - 200) * Math.Cos(radians)) + ((y - 190) * Math.Sin(radians));
                double across = ((y - 190) * Math.Cos(radians)) - ((x - 200) * Math.Sin(radians));
                field.Image[x, y] += Math.Abs(along) < halfLength ? (float)(height * Math.Exp(-0.5 * across * across / 2.5)) : 0;
            }
        }
        return field.Noise(5, gain: 2);
    }
}
