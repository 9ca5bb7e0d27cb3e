using Albireo.Fits;
using Albireo.Science.Images;
using Albireo.Tests.Support;

namespace Albireo.NightTests.Hatp32;

/// <summary>
/// Every frame of the real night is matched, and what it is matched and measured with are stars: judged on the raw pixels, by what no
/// finder of ours has a hand in. A hot pixel stands alone among its neighbours, and it stays where it is while the sky moves on.
/// </summary>
public sealed class Hatp32StarsTests(Hatp32Night night) : IClassFixture<Hatp32Night>
{
    private const int FrameCount = 142;
    private const double Alone = 0.75; // a star of FWHM 1.5 in the middle of a pixel has 0.45 of its 3 × 3 pixels' light in one
    private const double FixedSigma = 5;

    [Fact]
    public void All_frames_match_with_most_of_the_stars()
    {
        using FitsFile file = Observation();
        FitsTable frames = Table(file, "FRAMES");
        Assert.Equal(FrameCount, frames.RowCount);
        double[] matched = frames.Reals("MATCHED_STARS");
        double[] residual = frames.Reals("MATCH_RESIDUAL");
        Assert.All(matched, m => Assert.InRange(m, 60, 400));
        Assert.All(residual, r => Assert.InRange(r, 0, 0.3));
    }

    [Fact]
    public void No_hot_pixel_is_among_the_stars_of_the_reference()
    {
        using FitsFile file = Observation();
        FitsTable stars = Table(file, "STARS");
        (double[] x, double[] y) = (Values(file, "X"), Values(file, "Y"));
        string[] raw = [.. Directory.GetFiles(Repository.Shared("hatp32"), "*.FITS").Order(StringComparer.Ordinal)];
        int[] chosen = [.. Enumerable.Range(0, 15).Select(k => k * (FrameCount - 1) / 14)];
        Image[] pictures = [.. chosen.Select(f => Read(raw[f]))];
        Image reference = Read(raw[0]);
        (double[] referenceX, double[] referenceY) = (stars.Reals("X"), stars.Reals("Y"));
        int count = (int)stars.RowCount;
        var hot = new List<string>();
        var sharpest = 0.0;
        TestContext.Current.TestOutputHelper?.WriteLine("star        x        y  dominance  frames in which its pixel shines without it");
        for (int s = 0; s < count; s++)
        {
            (int px, int py) = Brightest(reference, referenceX[s], referenceY[s]);
            double dominance = Dominance(reference, px, py);
            // Frames in which the star is elsewhere: is the pixel bright all the same?
            int elsewhere = 0;
            int shines = 0;
            for (int k = 0; k < chosen.Length; k++)
            {
                int at = (chosen[k] * count) + s;
                if (Math.Abs(x[at] - px) + Math.Abs(y[at] - py) > 12)
                {
                    elsewhere++;
                    shines += StandsOut(pictures[k], px, py) ? 1 : 0;
                }
            }
            sharpest = Math.Max(sharpest, dominance);
            string line = $"{s, 4} {referenceX[s], 8:F2} {referenceY[s], 8:F2} {dominance, 10:F3}  {shines} of {elsewhere}";
            TestContext.Current.TestOutputHelper?.WriteLine(line);
            Assert.True(elsewhere >= 8, line); // the criterion has something to stand on: the field drifts by 273 pixels
            if (dominance > Alone || (dominance > 0.6 && shines > 0.8 * elsewhere))
            {
                hot.Add(line);
            }
        }
        Assert.True(count > 90, $"{count} stars");
        Assert.True(hot.Count == 0, string.Join('\n', hot));
        // The criterion is no dead letter: the raw frame is full of pixels that it calls hot.
        int hotPixels = 0;
        for (int py = 5; py < reference.Height - 5; py++)
        {
            for (int px = 5; px < reference.Width - 5; px++)
            {
                if (StandsOut(reference, px, py) && Dominance(reference, px, py) > Alone)
                {
                    hotPixels += pictures.Count(p => StandsOut(p, px, py)) > 12 ? 1 : 0;
                }
            }
        }
        string summary =
            $"{count} stars, the sharpest has {sharpest:F3} of its light in one pixel; {hotPixels} hot pixels in the raw frame";
        TestContext.Current.SendDiagnosticMessage(summary);
        Assert.True(hotPixels > 100, summary);
    }

    private static (int X, int Y) Brightest(Image image, double x, double y)
    {
        (int X, int Y) best = ((int)Math.Round(x), (int)Math.Round(y));
        for (int py = (int)Math.Round(y) - 1; py <= Math.Round(y) + 1; py++)
        {
            for (int px = (int)Math.Round(x) - 1; px <= Math.Round(x) + 1; px++)
            {
                best = image[px, py] > image[best.X, best.Y] ? (px, py) : best;
            }
        }
        return best;
    }

    /// <summary>Share of one pixel in the light of the 3 × 3 round it.</summary>
    private static double Dominance(Image image, int x, int y)
    {
        (double sky, _) = Surroundings(image, x, y);
        double sum = 0;
        for (int j = -1; j <= 1; j++)
        {
            for (int i = -1; i <= 1; i++)
            {
                sum += image[x + i, y + j] - sky;
            }
        }
        return (image[x, y] - sky) / sum;
    }

    private static bool StandsOut(Image image, int x, int y)
    {
        (double sky, double sigma) = Surroundings(image, x, y);
        double neighbours = (image[x - 1, y] + image[x + 1, y] + image[x, y - 1] + image[x, y + 1]) / 4;
        return image[x, y] - sky > FixedSigma * sigma && image[x, y] - neighbours > FixedSigma * sigma;
    }

    /// <summary>Median and scaled median deviation of the 9 × 9 pixels round one, without the inner 5 × 5.</summary>
    private static (double Level, double Sigma) Surroundings(Image image, int x, int y)
    {
        var ring = new List<double>(56);
        for (int j = -4; j <= 4; j++)
        {
            for (int i = -4; i <= 4; i++)
            {
                bool isInner = Math.Abs(i) <= 2 && Math.Abs(j) <= 2;
                if (!isInner && x + i >= 0 && y + j >= 0 && x + i < image.Width && y + j < image.Height)
                {
                    ring.Add(image[x + i, y + j]);
                }
            }
        }
        double level = Median(ring);
        return (level, Math.Max(1, 1.4826 * Median([.. ring.Select(v => Math.Abs(v - level))])));
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    private FitsFile Observation() => FitsFile.Open(Path.Combine(night.Reduced.Output, "observation.fits"));

    private static FitsTable Table(FitsFile file, string name) => file.Hdus.OfType<FitsTableHdu>().Single(h => h.Name == name).Read();

    private static double[] Values(FitsFile file, string name)
    {
        FitsImage hdu = file.Hdus.OfType<FitsImage>().Single(h => h.Name == name);
        var values = new double[hdu.Shape.Aggregate(1, (a, b) => a * (int)b)];
        hdu.ReadRows(0, (int)hdu.RowCount, values);
        return values;
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
