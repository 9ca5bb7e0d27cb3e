using Albireo.Fits;
using Albireo.Science.Background;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Tests.Detection;
using Albireo.Tests.Support;

namespace Albireo.Tests.Cli;

public sealed class FindTests : IDisposable
{
    private static readonly string[] Common = ["id", "x", "y", "flux", "flux_error", "peak", "fwhm", "flags"];

    private readonly ScratchFolder scratch = new();
    private readonly StarField field;
    private readonly string file;

    public FindTests()
    {
        // Twelve stars far apart, so that every method finds each of them once.
        field = new StarField(240, 200, seed: 71, sky: 500);
        for (int i = 0; i < 12; i++)
        {
            field.Gaussian(30 + (55 * (i % 4)) + (0.13 * i), 40 + (55 * (i / 4)) + (0.07 * i), 20_000 - (900 * i), 3);
        }
        field.Noise(5, gain: 2);
        file = PictureFiles.Write(scratch.At("field.fits"), field.Image);
    }

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("segments", "fwhm_major,fwhm_minor,angle,snr,npix")]
    [InlineData("iraf", "sharpness,roundness,pa,npix,sky,peak_above_sky,mag")]
    [InlineData("dao", "sharpness,roundness1,roundness2,npix,sky,peak_above_sky,mag")]
    [InlineData("peaks", "area,axis_major,axis_minor,highest")]
    public void Every_method_finds_every_star_and_says_what_it_measures(string method, string own)
    {
        string table = scratch.At(method + ".csv");
        AlbireoRun run = AlbireoRun.Of("find", file, "-o", table, "--method", method, "--threshold", "8", "--fwhm", "3");
        Assert.True(run.Code == 0, run.ToString());
        CsvTable found = CsvTable.Read(table);
        Assert.Equal([.. Common, .. own.Split(',')], found.Columns);
        Assert.Equal(12, found.Rows.Count);
        (double[] x, double[] y) = (found.Reals("x"), found.Reals("y"));
        foreach ((double sx, double sy, _) in field.Stars)
        {
            Assert.Contains(Enumerable.Range(0, 12), i => Math.Abs(x[i] - sx) < 0.3 && Math.Abs(y[i] - sy) < 0.3);
        }
        Assert.All(found.Reals("fwhm"), w => Assert.InRange(w, method == "iraf" ? 1.8 : 2.8, 3.3));
        Assert.All(found.Reals("flux").Zip(found.Reals("flux_error")), f => Assert.True(f.First > 10 * f.Second && f.Second > 0));
        string order = method == "peaks" ? "highest" : "flux";
        Assert.Equal(found.Reals(order).OrderDescending(), found.Reals(order));
    }

    [Fact]
    public void Iraf_in_the_program_is_the_finder_on_the_picture_less_its_background()
    {
        string table = scratch.At("iraf.csv");
        AlbireoRun run = AlbireoRun.Of(
            "find",
            file,
            "-o",
            table,
            "--method",
            "iraf",
            "--threshold",
            "6",
            "--fwhm",
            "2.5",
            "--set",
            "detect.iraf.roundness-high=0.7"
        );
        Assert.True(run.Code == 0, run.ToString());
        BackgroundMap background = BackgroundMesh.Measure(field.Image, null, new BackgroundOptions { ExcludePercentile = 50 });
        IrafStar[] stars =
        [
            .. IrafStarFinder
                .Find(
                    background.Subtracted(field.Image),
                    null,
                    new IrafOptions
                    {
                        Threshold = 6 * background.MedianRms,
                        FwhmPixels = 2.5,
                        RoundnessHigh = 0.7,
                    }
                )
                .OrderByDescending(s => s.Flux),
        ];
        CsvTable found = CsvTable.Read(table);
        Assert.Equal(stars.Select(s => s.X), found.Reals("x"));
        Assert.Equal(stars.Select(s => s.Flux), found.Reals("flux"));
        Assert.Equal(stars.Select(s => s.Sharpness), found.Reals("sharpness"));
        Assert.Equal(stars.Select(s => s.Roundness), found.Reals("roundness"));
        Assert.Equal(stars.Select(s => s.Magnitude), found.Reals("mag"));
    }

    [Fact]
    public void The_same_table_as_csv_fits_and_ecsv()
    {
        foreach (string extension in (string[])["csv", "fits", "ecsv"])
        {
            Assert.Equal(0, AlbireoRun.Of("find", file, "-o", scratch.At("t." + extension)).Code);
        }
        CsvTable csv = CsvTable.Read(scratch.At("t.csv"));
        CsvTable ecsv = CsvTable.Read(scratch.At("t.ecsv"));
        Assert.Equal(csv.Columns, ecsv.Columns);
        Assert.Equal(csv.Rows.SelectMany(r => r), ecsv.Rows.SelectMany(r => r));
        Assert.StartsWith("# %ECSV 1.0\n# ---\n", File.ReadAllText(scratch.At("t.ecsv")));
        using FitsFile fits = FitsFile.Open(scratch.At("t.fits"));
        FitsTable table = ((FitsTableHdu)fits.Hdu(1)).Read();
        Assert.Equal(csv.Columns, table.Columns.Select(c => c.Name));
        Assert.Equal(csv.Reals("x"), table.Reals("x"));
        Assert.Equal(csv.Reals("fwhm"), table.Reals("fwhm"));
        Assert.Equal([.. Enumerable.Range(0, 12).Select(i => (long)i)], table.Integers("id"));
    }

    [Fact]
    public void The_background_is_level_and_noise()
    {
        string background = scratch.At("sky.fits");
        Assert.Equal(0, AlbireoRun.Of("find", file, "-o", scratch.At("t.csv"), "--background", background).Code);
        Image level = PictureFiles.Read(background);
        Image noise = PictureFiles.Read(background, "RMS");
        double sigma = Math.Sqrt(25 + (500 / 2.0)); // read noise and the sky's photons
        Assert.All(level.Pixels.ToArray(), v => Assert.InRange(v, 490, 510));
        Assert.All(noise.Pixels.ToArray(), v => Assert.InRange(v, 0.8 * sigma, 1.2 * sigma));
    }

    [Fact]
    public void Flags_name_what_is_wrong()
    {
        foreach ((int x, int y) in ((int, int)[])[(140, 60), (0, 0)])
        {
            field.Image[x, y] += 40_000; // one hot pixel; saturation below
        }
        field.Gaussian(1.5, 100, 60_000, 3);
        field.Image[30, 40] = 66_000;
        field.Image[31, 40] = 66_000;
        string odd = PictureFiles.Write(scratch.At("odd.fits"), field.Image);
        string table = scratch.At("odd.csv");
        AlbireoRun run = AlbireoRun.Of(
            "find",
            odd,
            "-o",
            table,
            "--set",
            "detector.saturation=65000",
            "--set",
            "detect.stars.reject-hot-pixels=false"
        );
        Assert.True(run.Code == 0, run.ToString());
        CsvTable found = CsvTable.Read(table);
        string Flags(double x, double y) =>
            found.Texts("flags")[
                Enumerable.Range(0, found.Rows.Count).MinBy(i => Math.Abs(found.Reals("x")[i] - x) + Math.Abs(found.Reals("y")[i] - y))
            ];
        Assert.Contains("hot_pixel", Flags(140, 60));
        Assert.Contains("bad_pixel", Flags(140, 60));
        Assert.Contains("saturated", Flags(30, 40));
        Assert.Contains("edge", Flags(1.5, 100));
        Assert.Equal("", Flags(85.13, 40.07));
    }

    [Theory]
    [InlineData("--method", "daofind")]
    [InlineData("--threshold", "0")]
    [InlineData("--fwhm", "0.01")]
    [InlineData("--set", "detect.iraf.sharp=2")]
    public void A_wrong_option_is_one_sentence(string option, string value)
    {
        AlbireoRun run = AlbireoRun.Of("find", file, "-o", scratch.At("t.csv"), option, value);
        Assert.Equal(2, run.Code);
        Assert.Contains(option, Assert.Single(run.Complaints));
    }

    [Fact]
    public void The_picture_is_never_written_to()
    {
        Assert.Equal(2, AlbireoRun.Of("find", file, "-o", file).Code);
        Assert.Equal(2, AlbireoRun.Of("find", file, "-o", scratch.At("t.csv"), "--background", file).Code);
        Assert.Equal(2, AlbireoRun.Of("find", file, "-o", scratch.At("t.txt")).Code);
    }
}
