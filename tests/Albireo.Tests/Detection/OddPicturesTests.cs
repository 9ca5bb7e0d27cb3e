using Albireo.Science.Detection;
using Albireo.Science.Images;

namespace Albireo.Tests.Detection;

/// <summary>Pictures that hold no stars, or other things than stars.</summary>
public class OddPicturesTests
{
    private static readonly DetectionOptions Options = new();

    [Fact]
    public void Nothing_is_found_in_pictures_of_nothing()
    {
        var constant = new Image(100, 80);
        constant.Pixels.Fill(1000);
        Assert.Empty(SegmentFinder.Find(constant, 1000, 0, Options));
        var nan = new Image(100, 80);
        nan.Pixels.Fill(float.NaN);
        Assert.Empty(SegmentFinder.Find(nan, 0, 1, Options));
        Assert.Empty(SegmentFinder.Find(nan, double.NaN, double.NaN, Options));
        Assert.Empty(SegmentFinder.Find(new Image(1, 1), 0, 1, Options));
        Assert.Empty(SegmentFinder.Find(new Image(3, 2000), 0, 1, Options));
    }

    [Fact]
    public void Noise_alone_gives_hardly_a_source()
    {
        StarField field = new StarField(1000, 1000, seed: 77, sky: 500).Noise(10);
        Source[] found = SegmentFinder.Find(field.Image, 500, 10, Options);
        // A million pixels, about 160 000 independent places for the filter, P(> 4σ) = 3.2e-5 each, most with fewer than three pixels.
        Assert.True(found.Length <= 12, $"{found.Length} sources in noise, seed {field.Seed}");
    }

    [Fact]
    public void A_gradient_that_the_background_follows_hides_no_star_and_makes_none()
    {
        StarField field = new StarField(300, 300, seed: 12).Gaussian(100, 100, 3000, 2.5).Gaussian(200, 220, 3000, 2.5).Noise(3);
        for (int y = 0; y < 300; y++)
        {
            for (int x = 0; x < 300; x++)
            {
                field.Image[x, y] += (3 * x) + (7 * y);
            }
        }
        RowValues level = (y, row) =>
        {
            for (int x = 0; x < row.Length; x++)
            {
                row[x] = (3 * x) + (7 * y);
            }
        };
        Source[] found = SegmentFinder.Find(field.Image, level, (_, row) => row.Fill(3), null, null, double.NaN, Options);
        Assert.Equal(2, found.Length);
    }

    [Theory]
    [InlineData(0.31)]
    [InlineData(0)]
    [InlineData(2.5)]
    public void A_satellite_trail_is_flagged_and_the_stars_beside_it_are_found(double slope)
    {
        StarField field = new StarField(400, 400, seed: 13).Gaussian(60, 300, 4000, 2.8).Gaussian(340, 60, 4000, 2.8);
        for (int i = 0; i < 400; i++)
        {
            double at = 150 + (slope * (i - 200));
            for (int k = 0; k < 400; k++)
            {
                double d = (k - at) / Math.Sqrt(1 + (slope * slope));
                field.Image[i, k] += (float)(80 * Math.Exp(-0.5 * d * d / 1.7));
            }
        }
        field.Noise(2);
        Source[] found = SegmentFinder.Find(field.Image, 0, 2, Options);
        Assert.Contains(found, s => s.Flags.HasFlag(SourceFlags.Trailed));
        Source[] stars = [.. found.Where(s => !s.Flags.HasFlag(SourceFlags.Trailed) && s.SignalToNoise > 6)];
        Assert.Equal(2, stars.Length);
    }

    [Fact]
    public void A_bleeding_column_is_flagged_as_such()
    {
        StarField field = new StarField(200, 200, seed: 14).Gaussian(100, 100, 200_000, 3);
        for (int y = 40; y < 160; y++)
        {
            field.Image[100, y] = 60_000;
            field.Image[101, y] = 60_000;
        }
        field.Noise(5);
        for (int i = 0; i < field.Image.Pixels.Length; i++)
        {
            field.Image.Pixels[i] = Math.Min(50_000, field.Image.Pixels[i]);
        }
        Source[] found = SegmentFinderTests.Find(field.Image, 0, 5, saturation: 50_000);
        Source star = found[0];
        Assert.DoesNotContain(found.Skip(1), s => s.SignalToNoise > 6);
        Assert.True(star.Flags.HasFlag(SourceFlags.Bleeding | SourceFlags.Saturated), $"{star.Flags}");
    }

    [Fact]
    public void One_giant_galaxy_is_one_extended_source()
    {
        var field = new StarField(400, 400, seed: 15);
        for (int y = 0; y < 400; y++)
        {
            for (int x = 0; x < 400; x++)
            {
                double r = Math.Sqrt(Math.Pow((x - 200) / 1.5, 2) + Math.Pow(y - 200, 2));
                field.Image[x, y] += (float)(2000 * Math.Exp(-r / 25));
            }
        }
        field.Gaussian(40, 40, 5000, 2.8).Gaussian(360, 50, 5000, 2.8).Gaussian(60, 350, 5000, 2.8).Noise(3);
        Source[] found = SegmentFinder.Find(field.Image, 0, 3, Options);
        Assert.True(found[0].Flags.HasFlag(SourceFlags.Extended), $"{found[0]}");
        Assert.Equal(200, found[0].X, 2.0);
        Assert.Equal(3, found.Count(s => s.Flags == SourceFlags.None && s.SignalToNoise > 10));
        Assert.Equal(4, found.Count(s => s.SignalToNoise > 10));
    }
}
