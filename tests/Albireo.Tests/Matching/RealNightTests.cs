using Albireo.Fits;
using Albireo.Science.Background;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Matching;
using Albireo.Science.Psf;
using Albireo.Tests.Support;

namespace Albireo.Tests.Matching;

/// <summary>The raw frames of hatp32: trailed, undersampled, full of hot pixels, drifting by 273 × 63 pixels.</summary>
public class RealNightTests
{
    [Fact]
    public void Every_frame_of_hatp32_matches_the_first_and_no_hot_pixel_is_a_star()
    {
        string[] paths = [.. Directory.GetFiles(Repository.Shared("hatp32"), "*.FITS").Order(StringComparer.Ordinal)];
        Assert.Equal(142, paths.Length);
        Source[] reference = Stars(Read(paths[0]));
        var matcher = new FrameMatcher(reference, new MatchOptions());
        var matches = new FrameMatch?[paths.Length];
        var reasons = new string[paths.Length];
        var profiles = new FrameProfile[paths.Length];
        Parallel.For(
            0,
            paths.Length,
            i =>
            {
                Source[] stars = Stars(Read(paths[i]));
                profiles[i] = FrameProfile.Of(stars);
                matches[i] = matcher.Match(stars, out reasons[i]);
            }
        );
        for (int i = 0; i < paths.Length; i++)
        {
            Assert.True(matches[i] is not null, $"{paths[i]}: {reasons[i]}");
            Assert.InRange(matches[i]!.MatchedStars, 120, 300);
            Assert.InRange(matches[i]!.ResidualPixels, 0, 0.15);
            Assert.InRange(profiles[i].Fwhm, 1.5, 4);
        }
        Assert.Equal(PlaneTransform.Identity.Apply(100, 100).X, matches[0]!.Transform.Apply(100, 100).X, 1e-6);
        // The drift that the data's description states.
        PlaneTransform last = matches[^1]!.Transform;
        Assert.InRange(last.C, -280, -265);

        // A star moves with the sky from frame to frame; what sharp peak stays on its pixel in six frames of the night is hot.
        bool[] hot = HotPixels([.. new[] { 0, 28, 56, 84, 112, 141 }.Select(i => Read(paths[i]))]);
        Assert.InRange(hot.Count(h => h), 300, 2000);
        Source[] atHot = [.. reference.Where(s => s.SignalToNoise > 7 && IsHot(hot, s))];
        // Some stars do lie on hot pixels; then their light spreads as that of the others does.
        Assert.All(atHot, s => Assert.True(s.PixelCount >= 6, $"{s}"));
        Assert.True(atHot.Length < 0.03 * reference.Length, $"{atHot.Length} of {reference.Length} at hot pixels");
    }

    private static bool IsHot(bool[] hot, Source s)
    {
        (int x, int y) = ((int)Math.Round(s.X), (int)Math.Round(s.Y));
        return x is >= 0 and < 650 && y is >= 0 and < 500 && hot[(y * 650) + x];
    }

    private static bool[] HotPixels(Image[] frames)
    {
        var hot = new bool[650 * 500];
        for (int y = 1; y < 499; y++)
        {
            for (int x = 1; x < 649; x++)
            {
                hot[(y * 650) + x] = frames.All(f => f[x, y] - (0.25f * (f[x - 1, y] + f[x + 1, y] + f[x, y - 1] + f[x, y + 1])) > 6);
            }
        }
        return hot;
    }

    private static Source[] Stars(Image image)
    {
        BackgroundMap background = BackgroundMesh.Measure(image, null, new BackgroundOptions());
        return SegmentFinder.Find(image, background, null, image, 4095, new DetectionOptions());
    }

    private static Image Read(string path)
    {
        using FitsFile file = FitsFile.Open(path);
        FitsImage hdu = file.FirstImage();
        var image = new Image(hdu.Width, hdu.Height);
        hdu.ReadRows(0, hdu.Height, image.Pixels);
        return image;
    }
}
