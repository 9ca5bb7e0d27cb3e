using System.Text;
using System.Text.Json;
using Albireo.Fits;
using Albireo.Tests.Support;

namespace Albireo.Tests.Cli;

/// <summary>Nights with something wrong in them: one sentence that names it, the right exit code, and everything else is done.</summary>
public sealed class BadInputTests(SmallNight small) : IClassFixture<SmallNight>, IDisposable
{
    private const int Lights = 6;
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void A_good_night_is_done_without_a_complaint()
    {
        string output = scratch.At("out");
        AlbireoRun run = AlbireoRun.Of(small.Command(small.Night.Folder, output));
        Assert.True(run.Code == 0, run.ToString());
        Assert.Empty(run.Complaints);
        Assert.Equal(Enumerable.Repeat("true", Lights), CsvTable.Read(Path.Combine(output, "lightcurve.csv")).Texts("used"));
    }

    [Fact]
    public void No_such_folder()
    {
        string night = scratch.At("nowhere");
        Refused(2, night, small.Command(night, scratch.At("out")));
    }

    [Fact]
    public void An_empty_folder()
    {
        string night = Directory.CreateDirectory(scratch.At("empty")).FullName;
        Refused(3, night, small.Command(night, scratch.At("out")));
    }

    [Fact]
    public void A_folder_of_other_files_only()
    {
        string night = Directory.CreateDirectory(scratch.At("notes")).FullName;
        File.WriteAllText(Path.Combine(night, "notes.txt"), "clear sky");
        Refused(3, night, small.Command(night, scratch.At("out")));
    }

    [Fact]
    public void Calibration_frames_without_a_light()
    {
        string night = small.CopyTo(scratch.At("night"));
        foreach (string light in Directory.GetFiles(night, "light*"))
        {
            File.Delete(light);
        }
        Refused(3, night, small.Command(night, scratch.At("out")));
    }

    [Fact]
    public void A_text_file_named_fits_is_listed_and_the_rest_goes_on() =>
        OneBadFile("notes.fits", path => File.WriteAllText(path, "Clear sky, 1.2 arcsec, moon below the horizon.\n"), used: Lights);

    [Fact]
    public void An_empty_file_named_fits_is_listed_and_the_rest_goes_on() =>
        OneBadFile("empty.fits", path => File.WriteAllBytes(path, []), used: Lights);

    [Fact]
    public void A_truncated_light_is_listed_and_the_rest_goes_on() => OneBadFile(SmallNight.Light(4), path => Cut(path, 20000), used: 5);

    [Fact]
    public void A_light_cut_within_its_header_is_listed_and_the_rest_goes_on() =>
        OneBadFile(SmallNight.Light(4), path => Cut(path, 1000), used: 5);

    [Theory]
    [InlineData("bias-001.fits")]
    [InlineData("dark-60s-002.fits")]
    [InlineData("flat-R-001.fits")]
    public void A_truncated_calibration_frame_is_listed_and_the_rest_goes_on(string name) =>
        OneBadFile(name, path => Cut(path, 20000), used: Lights);

    [Fact]
    public void A_light_of_another_size_is_listed_and_the_rest_goes_on() =>
        OneBadFile(
            SmallNight.Light(3),
            path => Rewrite(path, (header, pixels, width, height) => (header, pixels[..(width * (height - 20))], [height - 20, width])),
            used: 5
        );

    [Fact]
    public void A_bias_of_another_size_does_not_spoil_the_masters()
    {
        string night = small.CopyTo(scratch.At("night"));
        Rewrite(
            Path.Combine(night, "bias-002.fits"),
            (header, pixels, width, height) => (header, pixels[..(width * (height - 20))], [height - 20, width])
        );
        string output = scratch.At("out");
        AlbireoRun run = AlbireoRun.Of(small.Command(night, output));
        Assert.True(run.Code == 0, run.ToString());
        Assert.Equal(Lights, Used(output));
        // Both sizes have their master, told apart by name.
        Assert.Equal(2, Directory.GetFiles(Path.Combine(output, "masters"), "bias*.fits").Length);
    }

    [Fact]
    public void A_colour_frame_is_never_measured_as_mono() =>
        OneBadFile(
            SmallNight.Light(2),
            path =>
                Rewrite(
                    path,
                    (header, pixels, width, height) =>
                    {
                        header.Set("BAYERPAT", "RGGB");
                        return (header, pixels, [height, width]);
                    }
                ),
            used: 5
        );

    [Fact]
    public void A_night_of_colour_frames_is_refused()
    {
        string night = small.CopyTo(scratch.At("night"));
        foreach (string light in Directory.GetFiles(night, "light*"))
        {
            Rewrite(
                light,
                (header, pixels, width, height) =>
                {
                    header.Set("BAYERPAT", "RGGB");
                    return (header, pixels, [height, width]);
                }
            );
        }
        AlbireoRun run = Refused(3, SmallNight.Light(1), small.Command(night, scratch.At("out")));
        Assert.Contains("BAYERPAT", run.Complaints[0]);
        Assert.False(File.Exists(scratch.At("out", "lightcurve.csv")));
    }

    [Fact]
    public void All_lights_unreadable()
    {
        string night = small.CopyTo(scratch.At("night"));
        foreach (string file in Directory.GetFiles(night, "*.fits"))
        {
            Cut(file, 20000);
        }
        AlbireoRun run = AlbireoRun.Of(small.Command(night, scratch.At("out")));
        Assert.True(run.Code == 3, run.ToString());
        Assert.Contains(night, Assert.Single(run.Complaints));
        foreach (string file in Directory.GetFiles(night, "*.fits"))
        {
            Assert.Single(run.ErrorLines, line => line.Contains(file, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_first_light_that_cannot_be_measured_is_named()
    {
        string night = small.CopyTo(scratch.At("night"));
        Rewrite(
            Path.Combine(night, SmallNight.Light(1)),
            (header, pixels, width, height) =>
            {
                pixels.AsSpan().Fill(1000);
                return (header, pixels, [height, width]);
            }
        );
        Refused(3, SmallNight.Light(1), small.Command(night, scratch.At("out")));
        // Another reference frame, and the rest is measured.
        string output = scratch.At("out");
        AlbireoRun run = AlbireoRun.Of([.. small.Command(night, output), "--reference", SmallNight.Light(2)]);
        Assert.True(run.Code == 0, run.ToString());
        Assert.Equal(5, Used(output));
        Assert.Contains(SmallNight.Light(1)[..^5], run.Out);
    }

    [Fact]
    public void A_target_outside_the_frame() =>
        Refused(2, "--target 500,20", "reduce", small.Night.Folder, "-o", scratch.At("out"), "--target", "500,20");

    [Fact]
    public void A_comparison_that_is_the_target() =>
        Refused(
            2,
            "--comparison",
            "reduce",
            small.Night.Folder,
            "-o",
            scratch.At("out"),
            "--target",
            small.Stars[1],
            "--comparison",
            small.Stars[1]
        );

    [Theory]
    [InlineData("--target", "12")]
    [InlineData("--target", "12,x")]
    [InlineData("--comparison", "1,2,3")]
    [InlineData("--check", "#x")]
    [InlineData("--sky", "25:00:00,+10:00:00")]
    [InlineData("--site", "95,0,100")]
    [InlineData("--site", "north")]
    [InlineData("--threads", "0")]
    [InlineData("--memory", "much")]
    [InlineData("--reference", "no-such-frame")]
    [InlineData("--object", "M 31")]
    [InlineData("--filter", "Z")]
    [InlineData("--stars", "/nowhere/stars.csv")]
    [InlineData("--recipe", "no-such-recipe")]
    [InlineData("--set", "measure.radii")]
    [InlineData("--set", "measure.radii=-1")]
    [InlineData("--set", "measure.radius=3")]
    [InlineData("--set", "nothing.at-all=3")]
    public void A_value_that_cannot_be(string option, string value) =>
        Refused(2, value.Split('=')[0], "reduce", small.Night.Folder, "-o", scratch.At("out"), option, value);

    [Fact]
    public void No_target_prints_the_brightest_stars_and_the_chart()
    {
        string output = scratch.At("out");
        AlbireoRun run = AlbireoRun.Of("reduce", small.Night.Folder, "-o", output);
        Assert.True(run.Code == 3, run.ToString());
        string said = run.Out + run.Error;
        string chart = Path.Combine(output, "plots", "finder.svg");
        Assert.Contains(chart, said);
        Assert.True(File.Exists(chart));
        Assert.True(File.Exists(Path.Combine(output, "observation.fits")));
        Assert.False(File.Exists(Path.Combine(output, "lightcurve.csv")));
        // The target is one of them, at its place.
        (double x, double y) = (small.Night.Truth.Stars[0].X, small.Night.Truth.Stars[0].Y);
        string[][] stars =
        [
            .. said.Split('\n')
                .Select(l => l.Trim().Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
                .Where(w => w.Length > 2 && w[0].StartsWith('#')),
        ];
        Assert.Contains(stars, w => Math.Abs(double.Parse(w[1]) - x) < 0.3 && Math.Abs(double.Parse(w[2]) - y) < 0.3);
        // The report lists the same ones.
        string report = File.ReadAllText(Path.Combine(output, "report.html"));
        string table = report[report.IndexOf("The brightest unsaturated stars", StringComparison.Ordinal)..];
        Assert.All(stars, w => Assert.Contains($">{w[0]}<", table));
    }

    [Fact]
    public void Header_text_cannot_write_to_the_terminal_or_run_in_a_spreadsheet()
    {
        string night = small.CopyTo(scratch.At("night"));
        foreach (string light in Directory.GetFiles(night, "light*"))
        {
            byte[] bytes = File.ReadAllBytes(light);
            int at = bytes.AsSpan().IndexOf("OBJECT  = 'SIM-1"u8);
            "OBJECT  = '=\u001b]0;"u8.CopyTo(bytes.AsSpan(at));
            int filter = bytes.AsSpan().IndexOf("FILTER  = 'R       '"u8);
            "FILTER  = '@\u001b[31mR '"u8.CopyTo(bytes.AsSpan(filter));
            File.WriteAllBytes(light, bytes);
        }
        File.WriteAllText(Path.Combine(night, "\u001b[2Jclear.fits"), "no FITS file");
        string output = scratch.At("out");
        AlbireoRun run = AlbireoRun.Of(small.Command(night, output));
        AlbireoRun inventory = AlbireoRun.Of("inventory", night);
        AlbireoRun header = AlbireoRun.Of("header", Path.Combine(night, SmallNight.Light(1)));
        foreach (string text in (string[])[run.Out, run.Error, inventory.Out, inventory.Error, header.Out, header.Error])
        {
            Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n');
        }
        Assert.True(run.Code == 1, run.ToString());
        Assert.Contains("x1B", run.Out + run.Error);
        // inventory.csv keeps paths as they are, for programs; what people look at is harmless.
        foreach (string product in (string[])["lightcurve.csv", "report.html", "run.json", "albireo.log"])
        {
            Assert.DoesNotContain('\u001b', File.ReadAllText(Path.Combine(output, product), Encoding.UTF8));
        }
        foreach (string csv in (string[])["inventory.csv", "lightcurve.csv"])
        {
            CsvTable table = CsvTable.Read(Path.Combine(output, csv));
            Assert.All(table.Rows.SelectMany(r => r), cell => Assert.False(cell.StartsWith('=') || cell.StartsWith('@'), cell));
        }
    }

    /// <summary>A night with one bad file: exit 1, one sentence that names it, all else measured, raw files as they were.</summary>
    private void OneBadFile(string name, Action<string> spoil, int used)
    {
        string night = small.CopyTo(scratch.At("night"));
        string bad = Path.Combine(night, name);
        spoil(bad);
        SortedDictionary<string, string> before = ProductTree.Files(night);
        string output = scratch.At("out");
        AlbireoRun run = AlbireoRun.Of(small.Command(night, output));
        Assert.True(run.Code == 1, run.ToString());
        Assert.Empty(run.Complaints);
        string sentence = Assert.Single(run.ErrorLines, line => line.Contains(name, StringComparison.Ordinal));
        Assert.Single(sentence.Split(name)[1..]);
        Assert.EndsWith(".", sentence);
        AssertNoTrace(run);
        Assert.Equal(used, Used(output));
        ProductTree.AssertSame(before, ProductTree.Files(night));
        using var record = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(output, "run.json")));
        Assert.Equal([bad], record.RootElement.GetProperty("problems").EnumerateArray().Select(p => p.GetProperty("path").GetString()));
    }

    private static AlbireoRun Refused(int code, string named, params string[] args)
    {
        AlbireoRun run = AlbireoRun.Of(args);
        Assert.True(run.Code == code, run.ToString());
        Assert.Contains(named, Assert.Single(run.Complaints));
        Assert.Matches("[.?]$", run.Complaints[0]);
        AssertNoTrace(run);
        return run;
    }

    private static void AssertNoTrace(AlbireoRun run)
    {
        Assert.DoesNotContain(" at Albireo.", run.Error);
        Assert.DoesNotContain("Exception", run.Error);
    }

    private static int Used(string output) => CsvTable.Read(Path.Combine(output, "lightcurve.csv")).Texts("used").Count(u => u == "true");

    private static void Cut(string path, int length)
    {
        using FileStream file = File.OpenWrite(path);
        file.SetLength(length);
    }

    private delegate (FitsHeader Header, ushort[] Pixels, long[] Shape) Change(FitsHeader header, ushort[] pixels, int width, int height);

    private static void Rewrite(string path, Change change)
    {
        FitsHeader header;
        ushort[] pixels;
        long[] shape;
        using (FitsFile file = FitsFile.Open(path))
        {
            FitsImage image = file.FirstImage();
            pixels = new ushort[image.Width * image.Height];
            image.ReadRows(0, image.Height, pixels.AsSpan());
            (header, pixels, shape) = change(image.Header.Clone(), pixels, image.Width, image.Height);
        }
        using FitsOutput output = FitsOutput.Create(path);
        output.AddImage<ushort>(header, shape, pixels);
        output.Commit();
    }
}
