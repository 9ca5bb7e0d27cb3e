using Albireo.Fits;
using Albireo.Science.Time;
using Albireo.Tests.Inventory;
using Albireo.Tests.Support;

namespace Albireo.Tests.Cli;

/// <summary>What is wrong with the frames of a night before a pixel is reduced: a sentence or a listed warning each.</summary>
public sealed class IntakeBadInputTests(SmallNight small) : IClassFixture<SmallNight>, IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Two_nights_in_one_folder_are_two_observations_and_said()
    {
        string night = small.CopyTo(scratch.At("night"));
        JulianDate later = new(SmallNight.Options.Plan.Start.Day + 1, SmallNight.Options.Plan.Start.Fraction, TimeScale.Utc);
        SmallNight.Simulate(SmallNight.Options with { Plan = SmallNight.Options.Plan with { Start = later } }, scratch.At("second"));
        foreach (string light in Directory.GetFiles(scratch.At("second"), "light*"))
        {
            File.Copy(light, Path.Combine(night, "second-" + Path.GetFileName(light)));
        }
        AlbireoRun run = AlbireoRun.Of([.. small.Command(night, scratch.At("out")), "--no-calibrated"]);
        Assert.True(run.Code == 0, run.ToString());
        Assert.Contains(
            "are of 2 nights (2020-05-30, 2020-05-31): every night is an observation of its own; --join puts them together.",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(2, Directory.GetFiles(scratch.At("out"), "lightcurve.csv", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void A_header_that_contradicts_itself_is_listed_and_the_rest_goes_on()
    {
        string night = small.CopyTo(scratch.At("night"));
        string light = Path.Combine(night, SmallNight.Light(3));
        Change(light, header => header.Set("OBSTYPE", "BIAS"));
        AlbireoRun run = AlbireoRun.Of([.. small.Command(night, scratch.At("out")), "--no-calibrated"]);
        Assert.Equal(1, run.Code);
        Assert.Contains(
            "and OBSTYPE = 'BIAS' contradict each other: the kind of the frame is not known.",
            run.Error,
            StringComparison.Ordinal
        );
        CsvTable inventory = CsvTable.Read(scratch.At("out", "inventory.csv"));
        Assert.Equal(("problem", Path.GetFileNameWithoutExtension(light)), (inventory.Texts("status")[0], inventory.Texts("frame")[0]));
        Assert.Equal(5, CsvTable.Read(scratch.At("out", "lightcurve.csv")).Rows.Count);
    }

    [Fact]
    public void Values_that_contradict_each_other_are_warned_of()
    {
        TinyFits.Write(
            scratch.At("n", "a.fits"),
            1,
            "IMAGETYP= 'LIGHT'",
            "EXPTIME = 60.0",
            "EXPOSURE= 30.0",
            "DATE-OBS= '2025-03-14T21:05:32'",
            "MJD-OBS = 60750.5",
            "XBINNING= 2",
            "CCDSUM = '1 1'",
            "FILTER = 'V'"
        );
        AlbireoRun run = AlbireoRun.Of("inventory", scratch.At("n"), "--frames");
        Assert.Equal(0, run.Code);
        foreach (string part in (string[])["EXPOSURE says 30 s and EXPTIME 60 s", "MJD-OBS", "CCDSUM = '1 1' means binning 1x1"])
        {
            Assert.Contains(part, run.Out, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("EXPTIME", "exposure", "60 s, 30 s")]
    [InlineData("EGAIN", "gain", "60 e-/ADU, 30 e-/ADU")]
    [InlineData("GAIN", "gain setting", "60, 30")]
    [InlineData("OFFSET", "offset", "60, 30")]
    [InlineData("SET-TEMP", "set-point", "60 °C, 30 °C")]
    public void Lights_of_one_curve_that_differ_are_said(string keyword, string what, string values)
    {
        for (int i = 0; i < 2; i++)
        {
            TinyFits.Write(
                scratch.At("n", $"{i}.fits"),
                i,
                "IMAGETYP= 'LIGHT'",
                "FILTER = 'V'",
                $"DATE-OBS= '2025-03-14T21:0{i}:32'",
                $"{keyword}= {60 - (30 * i)}"
            );
        }
        AlbireoRun run = AlbireoRun.Of("inventory", scratch.At("n"));
        Assert.Contains($"Lights of an unnamed target in V differ in {what} ({values})", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_doubtful_comes_before_what_is_well_and_is_said_to_every_stage()
    {
        string[] cards = ["IMAGETYP= 'LIGHT'", "EXPTIME = 60.0", "FILTER = 'V'", "DATE-OBS= '2025-03-14T21:05:32'"];
        TinyFits.Write(scratch.At("n", "a.fits"), 1, cards);
        TinyFits.Write(scratch.At("n", "b.fits"), 2, [.. cards, "EXPOSURE= 30.0"]);
        TinyFits.Write(scratch.At("n", "c.fits"), 3, "IMAGETYP= 'LIGHT'", "OBSTYPE = 'DARK'", "EXPTIME = 60.0");
        AlbireoRun run = AlbireoRun.Of("inventory", scratch.At("n"), "-o", scratch.At("out"));
        Assert.Equal(1, run.Code);
        CsvTable table = CsvTable.Read(scratch.At("out", "inventory.csv"));
        Assert.Equal(["c", "b", "a"], table.Texts("frame"));
        Assert.Equal(["problem", "warning", "ok"], table.Texts("status"));
        Assert.Contains("Doubtful: b: EXPOSURE says 30 s and EXPTIME 60 s: EXPTIME is used.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Lights_of_another_size_or_binning_are_listed()
    {
        TinyFits.Write(scratch.At("n", "a.fits"), 1, "IMAGETYP= 'LIGHT'", "EXPTIME = 60.0", "FILTER = 'V'", "XBINNING= 1");
        TinyFits.Write(scratch.At("n", "b.fits"), 2, "IMAGETYP= 'LIGHT'", "EXPTIME = 60.0", "FILTER = 'V'", "XBINNING= 2");
        AlbireoRun run = AlbireoRun.Of("inventory", scratch.At("n"));
        Assert.Contains(
            "Frames of 8×6 say binning 1x1 and 2x2: one of them is wrong, or they are sub-frames.",
            run.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_light_that_calls_itself_a_dark_is_doubted()
    {
        string night = small.CopyTo(scratch.At("night"));
        string path = Path.Combine(night, "dark-of-stars.fits");
        File.Copy(Path.Combine(night, SmallNight.Light(3)), path);
        Change(path, header => header.Set("IMAGETYP", "Dark Frame"));
        AlbireoRun run = AlbireoRun.Of("masters", night, "-o", scratch.At("out"));
        Assert.True(run.Code == 0, run.ToString());
        string notice = Assert.Single(run.ErrorLines, l => l.Contains("calls itself a dark", StringComparison.Ordinal));
        Assert.StartsWith(path, notice, StringComparison.Ordinal);
    }

    [Fact]
    public void An_airmass_that_cannot_be_is_said_and_not_used()
    {
        string night = small.CopyTo(scratch.At("night"));
        foreach (string light in Directory.GetFiles(night, "light*"))
        {
            Change(light, header => header.Set("AIRMASS", 2.5));
        }
        string[] command = [.. small.Command(night, scratch.At("out")), "--no-calibrated", "--site", "31.2,-7.9,2700"];
        AlbireoRun run = AlbireoRun.Of(command);
        Assert.True(run.Code == 0, run.ToString());
        Assert.Contains("AIRMASS differs from the airmass computed for the middle of the exposure", run.Error, StringComparison.Ordinal);
        Assert.All(CsvTable.Read(scratch.At("out", "lightcurve.csv")).Texts("airmass_from"), from => Assert.Equal("computed", from));
        AlbireoRun good = AlbireoRun.Of(small.Command(small.Night.Folder, scratch.At("good")));
        Assert.DoesNotContain("differs from the airmass", good.Error, StringComparison.Ordinal);
    }

    private static void Change(string path, Action<FitsHeader> change)
    {
        float[] pixels;
        FitsHeader header;
        int width;
        int height;
        using (FitsFile file = FitsFile.Open(path))
        {
            FitsImage picture = file.FirstImage();
            (width, height) = (picture.Width, picture.Height);
            pixels = new float[width * height];
            picture.ReadRows(0, height, pixels);
            header = picture.Header.Clone();
        }
        change(header);
        using FitsOutput output = FitsOutput.Create(path);
        output.AddImage<ushort>(header, [height, width], Array.ConvertAll(pixels, p => (ushort)p));
        output.Commit();
    }
}
