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
    public void The_sky_is_flat_to_the_noise_that_is_stated()
    {
        // Without overscan nobody can tell how the bias drifts from row to row (up to 40 ADU from that of the bias frames, taken hours
        // before). What is left is that drift: rows differ, columns do so by a sixth of the noise of a pixel at most, and within a box
        // nothing but noise is left.
        foreach (string path in (string[])[night.Calibrated[0], night.Calibrated[30], night.Calibrated[59]])
        {
            Image image = Lpseb35Night.Picture(path);
            Image stated = Lpseb35Night.Picture(path, "UNCERT");
            double[] columns = Columns(image);
            Assert.True(columns.Max() - columns.Min() < 2.5, $"{path}: columns {string.Join(' ', columns.Select(c => c.ToString("F2")))}");
            var ratios = new List<double>();
            for (int y = 0; y < Side; y += Box)
            {
                for (int x = 0; x < Side; x += Box)
                {
                    ratios.Add(Noise(image, x, y) / Middle(stated, x, y));
                }
            }
            Assert.InRange(Medians.Of([.. ratios]), 0.96, 1.04);
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

    /// <summary>Medians of eight bands of columns.</summary>
    private static double[] Columns(Image image) =>
        [
            .. Enumerable
                .Range(0, 8)
                .Select(band =>
                {
                    var values = new float[Side * 128];
                    for (int y = 0; y < Side; y++)
                    {
                        image.Row(y).Slice(band * 128, 128).CopyTo(values.AsSpan(y * 128));
                    }
                    return (double)Medians.Of(values);
                }),
        ];

    /// <summary>Standard deviation in a box about the medians of its rows, from the median absolute deviation.</summary>
    private static double Noise(Image image, int x, int y)
    {
        var deviations = new double[Box * Box];
        for (int j = 0; j < Box; j++)
        {
            float[] row = image.Row(y + j).Slice(x, Box).ToArray();
            double middle = Medians.Of([.. row]);
            for (int i = 0; i < Box; i++)
            {
                deviations[(j * Box) + i] = Math.Abs(row[i] - middle);
            }
        }
        // Taking the median of n values from each of them takes (2 − π/2)/n of the variance.
        return 1.482602 * Medians.Of(deviations) / Math.Sqrt(1 - ((2 - (Math.PI / 2)) / Box));
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
