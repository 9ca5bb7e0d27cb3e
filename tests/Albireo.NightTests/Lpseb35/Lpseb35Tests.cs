using Albireo.Fits;
using Albireo.Science.Images;
using Albireo.Science.Numerics;
using Albireo.Tests.Support;

namespace Albireo.NightTests.Lpseb35;

/// <summary>A real night with biases, darks and dome flats of other exposures than the darks; an eclipsing binary under clouds.</summary>
public sealed class Lpseb35Tests(Lpseb35Night night) : IClassFixture<Lpseb35Night>
{
    private const int Side = 1024;
    private const int Box = 64;

    [Fact]
    public void Every_light_is_calibrated_and_measured()
    {
        Assert.True(night.Run.Code == 0, night.Run.ToString());
        Assert.Equal(60, night.Curve.Rows.Count);
        Assert.Equal(60, night.Calibrated.Length);
    }

    [Fact]
    public void The_check_star_scatters_no_more_than_in_a_plain_script()
    {
        double[] check = night.Curve.Reals("check_relative_flux");
        double squares = check.Skip(1).Zip(check, (later, earlier) => Math.Pow(later - earlier, 2)).Average();
        double scatter = Math.Sqrt(squares / 2) / Medians.Of([.. check]);
        Assert.True(scatter <= 0.0175, $"point-to-point scatter {scatter:F5}");
    }

    [Fact]
    public void The_eclipse_is_as_deep_as_it_is()
    {
        // Means of ten frames in a row: a single one is off by 2 %.
        double[] means = [.. night.Curve.Reals("relative_flux").Chunk(10).Select(c => c.Average())];
        double depth = 1 - (means.Min() / means.Max());
        Assert.True(depth is >= 0.25 and <= 0.30, $"{depth:F4}: {string.Join(' ', means)}");
        double[] times = night.Curve.Reals("jd_utc_mid");
        Assert.InRange(2460825.707, times[10 * Array.IndexOf(means, means.Min())], times[(10 * Array.IndexOf(means, means.Min())) + 9]);
    }

    [Fact]
    public void The_dark_of_the_flats_is_scaled_to_their_exposure_and_said()
    {
        Assert.Contains("flats (g): no dark of 30.3 s: the one of 30 s was scaled by 1.01", night.Run.Error, StringComparison.Ordinal);
        using FitsFile flat = FitsFile.Open(Path.Combine(night.Output, "masters", "flat_g.fits"));
        string history = string.Concat(flat.Hdu(0).Header.Where(c => c.Keyword == "HISTORY").Select(c => c.Comment));
        Assert.Contains("bias.fits", history, StringComparison.Ordinal);
        Assert.Contains("dark_30s.fits", history, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sky_is_that_of_the_textbook_recipe()
    {
        // What is left on the frames is in the data: ccdproc leaves the same, a bias that drifts from row to row by up to 40 ADU.
        foreach (var light in Reference.Rows("lpseb35_sky.csv").GroupBy(r => r.Text("light")))
        {
            Image image = Lpseb35Night.Picture(night.Calibrated.Single(c => c.Contains(light.Key, StringComparison.Ordinal)));
            double[] differences = [.. light.Select(r => Middle(image, (int)r["box_x"], (int)r["box_y"]) - r["median"])];
            Assert.InRange(differences.Average(), -0.2, 0.2);
            Assert.All(differences, d => Assert.InRange(d, -0.7, 0.7)); // a box of ccdproc's own is uncertain by 0.28
        }
    }

    [Fact]
    public void Without_the_drift_of_the_rows_the_whole_sky_is_flat_to_the_noise()
    {
        using var scratch = new ScratchFolder();
        string folder = Directory.CreateDirectory(scratch.At("night")).FullName;
        string[] lights = [.. night.Calibrated.Select(c => Path.GetFileNameWithoutExtension(c))];
        string[] three = [lights[0], lights[30], lights[59]];
        foreach (string file in Directory.GetFiles(Repository.Shared("lpseb35"), "*.fz"))
        {
            string name = Path.GetFileName(file);
            if (!name.StartsWith("LPSEB35", StringComparison.Ordinal) || three.Contains(name.Split('.')[0]))
            {
                File.CreateSymbolicLink(Path.Combine(folder, name), file);
            }
        }
        AlbireoRun run = AlbireoRun.Of("calibrate", folder, "-o", scratch.At("out"), "--set", "calibrate.level-drift=rows");
        Assert.True(run.Code == 0, run.ToString());
        // Without the setting the run says what there is to take away, with it there is nothing left to say.
        const string said = "the sky differs between rows by more than a pixel's noise";
        Assert.Contains(said, night.Run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(said, run.Error, StringComparison.Ordinal);
        foreach (string light in three)
        {
            string path = scratch.At("out", "calibrated", light + ".fits");
            Image image = Lpseb35Night.Picture(path);
            double noise = Medians.Of([.. Lpseb35Night.Picture(path, "UNCERT").Pixels]);
            // All that the sky may have is a level and a gradient. Stars are among the pixels: they add 1 %.
            double[] boxes = WithoutPlane(image);
            double scatter = 1.482602 * Medians.Of([.. image.Pixels.ToArray().Select(v => Math.Abs((double)v))]);
            Assert.True(scatter / noise is > 0.96 and < 1.05, $"{light}: pixels scatter by {scatter:F2}, stated {noise:F2}");
            // Noise alone leaves a fiftieth of a pixel's; the rest are halos of stars, and the first 28 columns.
            double unevenness = 1.482602 * Medians.Of([.. boxes.Select(Math.Abs)]);
            Assert.True(unevenness < 0.06 * noise, $"{light}: boxes differ by {unevenness:F2}, noise {noise:F2}");
        }
    }

    [Fact]
    public void Hot_pixels_and_dust_are_gone()
    {
        string name = Path.GetFileName(night.Calibrated[0]);
        Image raw = Lpseb35Night.Picture(Path.Combine(Repository.Shared("lpseb35"), name + ".fz"));
        Image clean = Lpseb35Night.Picture(night.Calibrated[0]);
        Image dark = Lpseb35Night.Picture(Path.Combine(night.Output, "masters", "dark_30s.fits"));
        (double before, double after, int count) = (0, 0, 0);
        double sky = Medians.Of([.. clean.Pixels]);
        for (int i = 0; i < dark.Pixels.Length; i++)
        {
            if (dark.Pixels[i] is > 300 and < 2000)
            {
                before += raw.Pixels[i] - 1390;
                after += clean.Pixels[i] - sky;
                count++;
            }
        }
        Assert.True(count > 100, $"{count} hot pixels");
        Assert.True(before / count > 300, $"{before / count:F1} ADU before");
        Assert.True(Math.Abs(after / count) < 0.05 * before / count, $"{before / count:F1} ADU before, {after / count:F1} after");
    }

    /// <summary>Takes a level and a gradient away, fitted to the medians of all boxes; returns what is left of these.</summary>
    private static double[] WithoutPlane(Image image)
    {
        const int count = Side / Box;
        double[] boxes = [.. Enumerable.Range(0, count * count).Select(i => Middle(image, i % count * Box, i / count * Box))];
        double Place(int i) => i - ((count - 1) / 2.0);
        double squares = Enumerable.Range(0, count).Sum(i => Place(i) * Place(i)) * count;
        double level = boxes.Average();
        double alongX = boxes.Select((b, i) => b * Place(i % count)).Sum() / squares;
        double alongY = boxes.Select((b, i) => b * Place(i / count)).Sum() / squares;
        double Plane(double x, double y) => level + (alongX * x) + (alongY * y);
        for (int y = 0; y < Side; y++)
        {
            Span<float> row = image.Row(y);
            for (int x = 0; x < Side; x++)
            {
                row[x] -= (float)Plane(((x + 0.5) / Box) - (count / 2.0), ((y + 0.5) / Box) - (count / 2.0));
            }
        }
        return [.. boxes.Select((b, i) => b - Plane(Place(i % count), Place(i / count)))];
    }

    private static double Middle(Image image, int x, int y)
    {
        var values = new List<float>();
        for (int j = 0; j < Box; j++)
        {
            values.AddRange(image.Row(y + j).Slice(x, Box));
        }
        return Medians.Of([.. values]);
    }
}
