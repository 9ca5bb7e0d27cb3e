using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Detection;

public class SegmentFinderTests
{
    private static readonly DetectionOptions Options = new();

    [Fact]
    public void Every_bright_star_is_found_once_where_it_is_and_nothing_else()
    {
        var field = new StarField(512, 400, seed: 11, sky: 100);
        for (int i = 0; i < 60; i++)
        {
            // One star a cell, so that none overlap.
            double x = 30 + (50 * (i % 10)) + field.Random.Uniform(-8, 8);
            double y = 30 + (60 * (i / 10)) + field.Random.Uniform(-8, 8);
            field.Gaussian(x, y, 600 * Math.Pow(100, field.Random.Uniform()), 2.8);
        }
        field.Noise(3);
        Source[] found = SegmentFinder.Find(field.Image, 100, 3, Options);
        Assert.Equal(60, found.Length);
        foreach ((double x, double y, double flux) in field.Stars)
        {
            Source s = found.MinBy(f => Math.Pow(f.X - x, 2) + Math.Pow(f.Y - y, 2));
            double error = 3 * 2.8 * 3 / flux * 5;
            Assert.True(
                Math.Abs(s.X - x) < 0.01 + error && Math.Abs(s.Y - y) < 0.01 + error,
                $"({x}, {y}) found at ({s.X}, {s.Y}), seed {field.Seed}"
            );
            Assert.InRange(s.Flux, (0.8 * flux) - (5 * s.FluxError), flux + (5 * s.FluxError));
            Assert.Equal(SourceFlags.None, s.Flags);
        }
        Assert.Equal(found.OrderByDescending(f => f.Flux).Select(f => f.X), found.Select(f => f.X));
    }

    [Fact]
    public void Shapes_are_those_that_were_drawn()
    {
        var field = new StarField(200, 200, seed: 3);
        field.Moffat(60.3, 70.6, 50_000, 5, 3.5, 30, 4).Gaussian(140.2, 130.7, 50_000, 3).Noise(1);
        Source[] found = SegmentFinder.Find(field.Image, 0, 1, Options);
        Assert.Equal(2, found.Length);
        Source gaussian = found.Single(s => s.X > 100);
        // A pixel widens a Gaussian by its own variance of 1/12.
        double widened = Math.Sqrt(9 + (Math.Pow(MatchedFilter.GaussianFwhm, 2) / 12));
        Assert.Equal(widened, gaussian.Fwhm, 0.02);
        Source moffat = found.Single(s => s.X < 100);
        Assert.Equal(30, moffat.AngleDegrees, 2.0);
        Assert.Equal(5 / 3.5, moffat.FwhmMajor / moffat.FwhmMinor, 0.07);
        // The Gaussian that matches a Moffat profile is a little wider than its half-maximum contour.
        Assert.InRange(moffat.Fwhm, Math.Sqrt(5 * 3.5), 1.15 * Math.Sqrt(5 * 3.5));
    }

    [Fact]
    public void Result_does_not_depend_on_who_runs_the_bands()
    {
        StarField field = new StarField(333, 421, seed: 5, sky: 50).Scatter(150, 100, 1e5, 2.5, border: 0).Noise(2);
        Source[] serial = SegmentFinder.Find(field.Image, 50, 2, Options);
        Source[] parallel = SegmentFinder.Find(field.Image, 50, 2, Options, new ReverseRunner());
        Assert.True(serial.Length > 80);
        Assert.Equal(serial, parallel);
    }

    [Fact]
    public void Hot_pixels_are_left_out_or_flagged_and_sharp_stars_stay()
    {
        StarField field = new StarField(300, 300, seed: 21, sky: 200);
        for (int i = 0; i < 36; i++)
        {
            field.Gaussian(25 + (50 * (i % 6)) + field.Random.Uniform(-2, 2), 25 + (50 * (i / 6)) + field.Random.Uniform(-2, 2), 1500, 1.8);
        }
        field.Noise(4);
        var hot = new HashSet<(int, int)>();
        for (int i = 0; i < 200; i++)
        {
            (int x, int y) = (field.Random.Below(300), field.Random.Below(300));
            if (
                field.Stars.All(s => Math.Abs(s.X - x) > 6 || Math.Abs(s.Y - y) > 6)
                && hot.All(h => Math.Abs(h.Item1 - x) > 2 || Math.Abs(h.Item2 - y) > 2)
            )
            {
                hot.Add((x, y));
                field.Image[x, y] += (float)(100 * Math.Pow(40, field.Random.Uniform()));
            }
        }
        Assert.True(hot.Count > 100);
        Source[] stars = SegmentFinder.Find(field.Image, 200, 4, Options);
        Assert.Equal(36, stars.Length);
        Assert.All(stars, s => Assert.Contains(field.Stars, t => Math.Abs(t.X - s.X) < 0.3 && Math.Abs(t.Y - s.Y) < 0.3));

        Source[] all = SegmentFinder.Find(field.Image, 200, 4, Options with { RejectHotPixels = false });
        var flagged = all.Where(s => s.Flags.HasFlag(SourceFlags.HotPixel)).Select(s => ((int)s.X, (int)s.Y)).ToHashSet();
        Assert.True(flagged.IsSubsetOf(hot), $"seed {field.Seed}");
        Assert.True(flagged.Count >= 0.98 * hot.Count(h => field.Image[h.Item1, h.Item2] > 200 + 40));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(-1, 1)]
    public void Cosmic_ray_tracks_are_left_out_or_flagged(int dx, int dy)
    {
        StarField field = new StarField(100, 100, seed: 8).Gaussian(30.4, 70.2, 4000, 2.5).Noise(2);
        for (int i = 0; i < 7; i++)
        {
            field.Image[60 + (i * dx), 40 + (i * dy)] += 400;
        }
        Source star = Assert.Single(SegmentFinder.Find(field.Image, 0, 2, Options));
        Assert.Equal(30.4, star.X, 0.1);
        Source[] all = SegmentFinder.Find(field.Image, 0, 2, Options with { RejectHotPixels = false });
        Assert.All(
            all.Where(s => s.X > 50),
            s => Assert.True((s.Flags & (SourceFlags.CosmicRay | SourceFlags.HotPixel)) != SourceFlags.None)
        );
        Assert.Contains(all, s => s.X > 50);
    }

    [Fact]
    public void Blends_are_told_apart_and_flagged()
    {
        StarField field = new StarField(80, 80, seed: 9).Gaussian(35, 40, 8000, 3).Gaussian(40.5, 41, 5000, 3).Noise(2);
        Source[] found = SegmentFinder.Find(field.Image, 0, 2, Options);
        Assert.Equal(2, found.Length);
        Assert.All(found, s => Assert.True(s.Flags.HasFlag(SourceFlags.Blended)));
        Assert.Equal(35, found[0].X, 0.15);
        Assert.Equal(40.5, found[1].X, 0.2);
        Assert.Single(SegmentFinder.Find(field.Image, 0, 2, Options with { Deblend = false }));
    }

    [Fact]
    public void Noise_bumps_on_one_bright_star_are_not_blends()
    {
        StarField field = new StarField(80, 80, seed: 10).Moffat(40.3, 39.8, 200_000, 6, 6, 0, 2.5).Noise(3, gain: 2);
        Source star = Assert.Single(SegmentFinder.Find(field.Image, 0, 3, Options), s => s.SignalToNoise > 6);
        Assert.False(star.Flags.HasFlag(SourceFlags.Blended));
    }

    [Fact]
    public void Saturation_is_judged_on_raw_counts_and_peak_is_theirs()
    {
        StarField field = new StarField(60, 60, seed: 1, sky: 10).Gaussian(20, 20, 30_000, 3).Gaussian(45, 40, 3000, 3).Noise(1);
        var raw = new Image(60, 60);
        for (int i = 0; i < raw.Pixels.Length; i++)
        {
            raw.Pixels[i] = Math.Min(1000, field.Image.Pixels[i] + 50);
        }
        Source[] found = Find(field.Image, 10, 1, raw: raw, saturation: 1000);
        Assert.Equal(2, found.Length);
        Assert.True(found[0].Flags.HasFlag(SourceFlags.Saturated));
        Assert.Equal(1000, found[0].Peak);
        Assert.False(found[1].Flags.HasFlag(SourceFlags.Saturated));
        Assert.DoesNotContain(Find(field.Image, 10, 1, raw: raw, saturation: double.NaN), s => s.Flags.HasFlag(SourceFlags.Saturated));
    }

    [Fact]
    public void Masked_pixels_and_NaN_are_left_out_and_flagged()
    {
        StarField field = new StarField(60, 60, seed: 2).Gaussian(20, 20, 9000, 3.5).Gaussian(44, 40, 9000, 3.5).Noise(1);
        field.Image[21, 21] = float.NaN;
        field.Image[5, 50] = float.NaN;
        var mask = new PixelMask(60, 60);
        mask[43, 41] = PixelQuality.BadPixel;
        field.Image[43, 41] = 60_000;
        Source[] found = Find(field.Image, 0, 1, mask);
        Assert.Equal(2, found.Length);
        Assert.All(found, s => Assert.True(s.Flags.HasFlag(SourceFlags.BadPixels)));
        Assert.All(found, s => Assert.True(Math.Abs(s.X - (s.X < 30 ? 20 : 44)) < 0.3 && Math.Abs(s.Y - (s.X < 30 ? 20 : 40)) < 0.3));
    }

    [Fact]
    public void Stars_on_the_border_are_flagged()
    {
        StarField field = new StarField(50, 40, seed: 4)
            .Gaussian(0.2, 20, 5000, 3)
            .Gaussian(25, 39.4, 5000, 3)
            .Gaussian(25, 20, 5000, 3)
            .Noise(1);
        Source[] found = SegmentFinder.Find(field.Image, 0, 1, Options);
        Assert.Equal(3, found.Length);
        Assert.All(found, s => Assert.Equal(s.X is > 20 and < 30 && s.Y < 30, !s.Flags.HasFlag(SourceFlags.Edge)));
    }

    [Fact]
    public void The_brightest_are_kept_when_a_number_is_asked_for()
    {
        StarField field = new StarField(300, 300, seed: 6).Scatter(60, 500, 50_000, 2.5).Noise(1);
        Source[] all = SegmentFinder.Find(field.Image, 0, 1, Options);
        Source[] ten = SegmentFinder.Find(field.Image, 0, 1, Options with { MaximumStars = 10 });
        Assert.Equal(all.Take(10), ten);
    }

    [Fact]
    public void Options_refuse_what_makes_no_sense()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Options with { ThresholdSigma = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Options with { KernelFwhmPixels = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => Options with { MinimumPixels = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Options with { DeblendContrast = 2 });
        Assert.Throws<ArgumentException>(() => Find(new Image(5, 5), 0, 1, new PixelMask(5, 6)));
    }

    internal static Source[] Find(
        Image image,
        double level,
        double noise,
        PixelMask? mask = null,
        Image? raw = null,
        double saturation = double.NaN
    ) => SegmentFinder.Find(image, (_, row) => row.Fill((float)level), (_, row) => row.Fill((float)noise), mask, raw, saturation, Options);
}
