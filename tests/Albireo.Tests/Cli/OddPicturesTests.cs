using Albireo.Science.Images;
using Albireo.Tests.Detection;
using Albireo.Tests.Support;

namespace Albireo.Tests.Cli;

/// <summary>Pictures that show nothing, too much or something else: a table, a flag or a sentence, never nonsense.</summary>
public sealed class OddPicturesTests(SmallNight small) : IClassFixture<SmallNight>, IDisposable
{
    private const float Full = 65535;

    private readonly ScratchFolder scratch = new();

    public static TheoryData<string, string> Pictures
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (string method in (string[])["segments", "iraf", "dao", "peaks"])
            {
                foreach (string name in (string[])["noise", "saturated", "undefined", "constant", "zero", "tiny"])
                {
                    all.Add(name, method);
                }
            }
            return all;
        }
    }

    public void Dispose() => scratch.Dispose();

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Nothing_to_find_is_an_empty_table(string name, string method)
    {
        string table = scratch.At("t.csv");
        AlbireoRun run = AlbireoRun.Of(
            "find",
            Picture(name),
            "-o",
            table,
            "--method",
            method,
            "--threshold",
            "7",
            "--set",
            "detector.saturation=60000"
        );
        Assert.True(run.Code == 0, run.ToString());
        Assert.Empty(CsvTable.Read(table).Rows);
        Assert.StartsWith("id,x,y,flux,flux_error,peak,fwhm,flags", File.ReadAllText(table));
    }

    [Theory]
    [InlineData("saturated")]
    [InlineData("undefined")]
    public void Without_sky_there_is_no_background_to_write(string name)
    {
        string background = scratch.At("sky.fits");
        AlbireoRun run = AlbireoRun.Of(
            "find",
            Picture(name),
            "-o",
            scratch.At("t.csv"),
            "--background",
            background,
            "--set",
            "detector.saturation=60000"
        );
        Assert.Equal(3, run.Code);
        Assert.Contains("no sky is left", Assert.Single(run.Complaints));
        Assert.False(File.Exists(background));
    }

    [Theory]
    [InlineData("noise", "")]
    [InlineData("saturated", "saturated")]
    [InlineData("undefined", "bad_pixel")]
    [InlineData("constant", "")]
    [InlineData("gradient", "")]
    public void Apertures_on_them_are_flagged_or_plain(string name, string flags)
    {
        string at = scratch.At("at.csv");
        File.WriteAllText(at, "x,y\n50,40\n");
        string table = scratch.At("p.csv");
        AlbireoRun run = AlbireoRun.Of(
            "photometry",
            Picture(name),
            "--at",
            at,
            "--radii",
            "4",
            "--annulus",
            "8,14",
            "-o",
            table,
            "--gain",
            "2",
            "--read-noise",
            "5",
            "--set",
            "detector.saturation=60000"
        );
        Assert.True(run.Code == 0, run.ToString());
        CsvTable found = CsvTable.Read(table);
        Assert.StartsWith(flags, found.Texts("flags")[0]);
        double sum = found.Reals("sum_4")[0];
        double error = found.Reals("error_4")[0];
        // No star, no sky: what is there is noise about 0, or no number.
        Assert.True(name is "saturated" or "undefined" ? double.IsNaN(sum) : Math.Abs(sum) <= 5 * error, $"{sum} ± {error}");
        Assert.False(double.IsInfinity(sum) || double.IsInfinity(error));
    }

    [Fact]
    public void A_gradient_hides_no_star()
    {
        string table = scratch.At("t.csv");
        Assert.Equal(0, AlbireoRun.Of("find", Picture("gradient-and-star"), "-o", table, "--threshold", "7").Code);
        CsvTable found = CsvTable.Read(table);
        // Within half a box of the border the mesh flattens (photutils' reflection), so that the gradient itself may show there.
        Assert.Equal(70.2, Assert.Single(found.Reals("x"), x => x is > 32 and < 160), 0.1);
    }

    [Fact]
    public void A_trail_and_a_galaxy_are_called_so()
    {
        string table = scratch.At("t.csv");
        Assert.Equal(0, AlbireoRun.Of("find", Picture("trail"), "-o", table).Code);
        Assert.Contains(CsvTable.Read(table).Texts("flags"), f => f.Contains("trailed", StringComparison.Ordinal));
        Assert.Equal(0, AlbireoRun.Of("find", Picture("galaxy"), "-o", table, "--set", "detect.background.box-size=512").Code);
        string[] flags = CsvTable.Read(table).Texts("flags");
        Assert.Contains("extended", flags[0]);
        Assert.All(flags[1..], f => Assert.DoesNotContain("extended", f));
    }

    [Fact]
    public void Stars_on_the_edge_are_flagged()
    {
        string table = scratch.At("t.csv");
        foreach (string method in (string[])["segments", "iraf", "dao"])
        {
            Assert.Equal(
                0,
                AlbireoRun.Of("find", Picture("edge"), "-o", table, "--method", method, "--set", "detect.iraf.roundness-high=0.9").Code
            );
            CsvTable found = CsvTable.Read(table);
            int star = Enumerable.Range(0, found.Rows.Count).Single(i => found.Reals("x")[i] < 3);
            Assert.Contains("edge", found.Texts("flags")[star]);
        }
    }

    [Theory]
    [InlineData("undefined", "no pixel has a value")]
    [InlineData("saturated", "no sky")]
    [InlineData("constant", "Too few stars")]
    [InlineData("noise", "")]
    public void A_light_of_a_night_that_shows_nothing_is_listed_with_its_reason(string name, string reason)
    {
        string night = small.CopyTo(scratch.At("night"));
        var random = new Science.Numerics.SeededRandom(9);
        PictureFiles.Change(
            Path.Combine(night, SmallNight.Light(4)),
            image =>
            {
                foreach (ref float pixel in image.Pixels)
                {
                    pixel = name switch
                    {
                        "undefined" => float.NaN,
                        "saturated" => Full,
                        "constant" => 1500,
                        _ => 1500 + (float)(20 * random.Normal()),
                    };
                }
            }
        );
        // What divides or subtracts the masters gives a constant the masters' own pattern, so that they stay out.
        string[] raw = ["--set", "calibrate.bias=false", "--set", "calibrate.dark=false", "--set", "calibrate.flat=false"];
        AlbireoRun run = AlbireoRun.Of([.. small.Command(night, scratch.At("out")), .. raw, "--set", "detector.saturation=65000"]);
        Assert.True(run.Code == 0, run.ToString());
        string[] used = CsvTable.Read(scratch.At("out", "lightcurve.csv")).Texts("used");
        Assert.Equal(["true", "true", "true", "false", "true", "true"], used);
        string line = Assert.Single(run.Out.Split('\n').Concat(run.ErrorLines), l => l.Contains("left out", StringComparison.Ordinal));
        Assert.Contains(SmallNight.Light(4)[..^5], line);
        Assert.Contains(reason, line);
    }

    private string Picture(string name)
    {
        var field = new StarField(140, 110, seed: 91, sky: 300);
        Image image = field.Image;
        switch (name)
        {
            case "noise":
                field.Noise(5, gain: 2);
                break;
            case "saturated":
                image.Pixels.Fill(Full);
                break;
            case "undefined":
                image.Pixels.Fill(float.NaN);
                break;
            case "zero":
                image.Pixels.Clear();
                break;
            case "tiny":
                image = new Image(3, 2);
                break;
            case "gradient" or "gradient-and-star":
                field = new StarField(192, 128, seed: 93, sky: 300); // whole boxes of the mesh
                image = field.Image;
                for (int i = 0; i < image.Pixels.Length; i++)
                {
                    image.Pixels[i] += 0.5f * (i % image.Width); // what the mesh follows up to its border
                }
                _ = name == "gradient" ? field : field.Gaussian(70.2, 55.4, 20_000, 3);
                field.Noise(5, gain: 2);
                break;
            case "trail":
                for (int k = 0; k < 240; k++)
                {
                    field.Gaussian(10 + (0.5 * k), 20 + (0.25 * k), 600, 2.5);
                }
                field.Noise(5, gain: 2);
                break;
            case "galaxy":
                field = new StarField(400, 400, seed: 92, sky: 300);
                image = field.Image;
                field.Gaussian(200, 200, 4_000_000, 60).Scatter(25, 5000, 20_000, 3).Noise(5, gain: 2);
                break;
            case "edge":
                field.Gaussian(1.2, 60, 30_000, 3).Gaussian(70, 60, 30_000, 3).Noise(5, gain: 2);
                break;
        }
        return PictureFiles.Write(scratch.At(name + ".fits"), image);
    }
}
