using System.Text.Json;
using Albireo.Tests.Inventory;
using Albireo.Tests.Support;

namespace Albireo.Tests.Cli;

/// <summary><c>albireo inventory</c>, as a user sees it: filters, groups, strict checks, TAPE's files.</summary>
public sealed class InventoryCommandTests : IDisposable
{
    private readonly ScratchFolder scratch = new();
    private int seed;

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData(6)]
    [InlineData(3, "--kind", "l*")]
    [InlineData(2, "--object", "m*1*")]
    [InlineData(1, "--filter", "rp")]
    [InlineData(1, "--filter", "R'")]
    [InlineData(4, "--telescope", "cam?")]
    [InlineData(1, "--night", "2025-03-15")]
    [InlineData(5, "--night", "2025-03-14")]
    [InlineData(2, "--exposure", "30")]
    [InlineData(1, "--binning", "2x*")]
    [InlineData(1, "--size", "4x*")]
    [InlineData(1, "--file", "n2/*")]
    [InlineData(1, "--kind", "light", "--filter", "V", "--night", "2025-03-14")]
    [InlineData(5, "--depth", "0")]
    public void Filters_have_wildcards_and_folders_are_nested(int count, params string[] options)
    {
        Night();
        AlbireoRun run = AlbireoRun.Of(["inventory", scratch.At("n1"), scratch.At("deep", "n2"), .. options, "--json"]);
        Assert.True(run.Code == 0, run.ToString());
        using JsonDocument json = JsonDocument.Parse(run.Out);
        Assert.Equal(count, json.RootElement.GetProperty("frames").GetArrayLength());
        Assert.Equal(count, json.RootElement.GetProperty("groups").EnumerateArray().Sum(g => g.GetProperty("frames").GetArrayLength()));
    }

    [Fact]
    public void The_screen_has_a_row_a_frame_problems_first_and_then_the_groups()
    {
        Night();
        File.WriteAllText(scratch.At("n1", "broken.fits"), "text");
        AlbireoRun run = AlbireoRun.Of("inventory", scratch.At("n1"));
        Assert.Equal(1, run.Code);
        List<string> rows = [.. run.Out.Split('\n').Select(l => l.Trim())];
        int groups = rows.FindIndex(r => r.StartsWith("id ", StringComparison.Ordinal));
        Assert.Equal(
            "id night telescope filter type target w×h binning exposure files",
            string.Join(' ', rows[groups].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        );
        int first = rows.FindIndex(r => r.StartsWith("problem", StringComparison.Ordinal));
        Assert.InRange(first, 0, rows.FindIndex(r => r.StartsWith("ok", StringComparison.Ordinal)) - 1);
        Assert.Contains("2 2025-03-14 CamA r' light M 31 8×6 30 s 1", Squeezed(rows), StringComparison.Ordinal);
        AlbireoRun onlyGroups = AlbireoRun.Of("inventory", scratch.At("n1"), "--groups");
        AlbireoRun onlyFrames = AlbireoRun.Of("inventory", scratch.At("n1"), "--frames");
        Assert.Equal(run.Out, onlyFrames.Out + onlyGroups.Out);
        Assert.DoesNotContain("broken", onlyGroups.Out, StringComparison.Ordinal);
        AlbireoRun nothing = AlbireoRun.Of("inventory", scratch.At("deep"), "--kind", "bias");
        Assert.Equal(3, nothing.Code);
        Assert.EndsWith("fits what was asked for.", Assert.Single(nothing.Complaints), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reduce")]
    [InlineData("masters")]
    [InlineData("calibrate")]
    [InlineData("inventory")]
    public void Strict_mode_stops_at_the_first_check_that_fails(string command)
    {
        foreach (string kind in (string[])["LIGHT", "DARK", "FLAT"])
        {
            Frame($"s/{kind}1.fits", $"IMAGETYP= '{kind}'", "EXPTIME = 60.0", "FILTER = 'V'");
            Frame($"s/{kind}2.fits", $"IMAGETYP= '{kind}'", "EXPTIME = 60.0", "FILTER = 'V'");
        }
        Frame("s/light3.fits", "IMAGETYP= 'LIGHT'", "EXPTIME = 30.0", "FILTER = 'R'");
        Frame("s/light4.fits", "IMAGETYP= 'LIGHT'", "EXPTIME = 20.0", "FILTER = 'R'");
        AlbireoRun run = AlbireoRun.Of(command, scratch.At("s"), "-o", scratch.At("out"), "--strict");
        Assert.Equal(3, run.Code);
        Assert.Equal(
            "The night is not complete: There is no dark of exactly 20 s (1 more like it in albireo.log).",
            Assert.Single(run.Complaints)
        );
        if (command != "inventory")
        {
            string log = File.ReadAllText(scratch.At("out", "albireo.log"));
            Assert.Contains("strict: There is no dark of exactly 30 s.", log, StringComparison.Ordinal);
            Assert.DoesNotContain("no flat in R", log, StringComparison.Ordinal);
        }
        Assert.Equal(0, AlbireoRun.Of("inventory", scratch.At("s")).Code);
    }

    [Theory]
    [InlineData("frame.fts", 8, "EXPTIME = 60.0", "FILTER = 'V'", "the name does not end in .fits")]
    [InlineData("frame.fits", 4, "EXPTIME = 60.0", "FILTER = 'V'", "the picture is 4×6, the first one 8×6")]
    [InlineData("frame.fits", 8, "EXPTIME = 60.5", "FILTER = 'V'", "There is no dark of exactly 60.5 s")]
    [InlineData("frame.fits", 8, "NOTIME = 60.5", "FILTER = 'V'", "the exposure is not known")]
    [InlineData("frame.fits", 8, "EXPTIME = 60.0", "FILTER = 'B'", "There is no flat in B")]
    [InlineData("frame.fits", 8, "EXPTIME = 60.0", "NAXES = 3", "the number of axes is 3, not 2")]
    public void Every_strict_check_has_its_sentence(string name, int width, string exposure, string other, string expected)
    {
        foreach (string kind in (string[])["DARK", "FLAT"])
        {
            Frame($"s/{kind}1.fits", $"IMAGETYP= '{kind}'", "EXPTIME = 60.0", "FILTER = 'V'");
            Frame($"s/{kind}2.fits", $"IMAGETYP= '{kind}'", "EXPTIME = 60.0", "FILTER = 'V'");
        }
        TinyFits.Write(scratch.At("s", "sub", name), 90, width, 6, "IMAGETYP= 'LIGHT'", exposure, other);
        AlbireoRun run = AlbireoRun.Of("inventory", scratch.At("s"), "--strict", "--set", "inventory.keywords.axes=NAXES");
        Assert.Equal(3, run.Code);
        Assert.Contains(expected, Assert.Single(run.Complaints), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_frames_a_group_are_needed_in_strict_mode()
    {
        Frame("s/l.fits", "IMAGETYP= 'LIGHT'", "EXPTIME = 60.0", "FILTER = 'V'");
        Frame("s/f.fits", "IMAGETYP= 'FLAT'", "EXPTIME = 60.0", "FILTER = 'V'");
        Frame("s/d.fits", "IMAGETYP= 'DARK'", "EXPTIME = 60.0", "FILTER = 'V'");
        AlbireoRun run = AlbireoRun.Of("inventory", scratch.At("s"), "--strict");
        Assert.Equal(
            "The night is not complete: There is only one dark of 60 s; two are needed (1 more like it in albireo.log).",
            Assert.Single(run.Complaints)
        );
    }

    [Fact]
    public void Keywords_and_words_of_headers_are_settings()
    {
        Frame("k/a.fits", "PICTYPE = 'OPEN'", "T_EXP = 12.5", "GLASS = 'Rc'", "COLS = 8", "LINES = 6");
        Frame("k/b.fits", "PICTYPE = 'CAPPED'", "T_EXP = 12.5", "GLASS = 'Rc'", "COLS = 9", "LINES = 6");
        Frame("k/c.fits", "PICTYPE = 'capped'", "T_EXP = 12.5", "GLASS = 'Rc'");
        string[] command =
        [
            "inventory",
            scratch.At("k"),
            "--json",
            "--set",
            "inventory.keywords.kind=PICTYPE",
            "--set",
            "inventory.keywords.exposure=T_INT,T_EXP",
            "--set",
            "inventory.keywords.filter=GLASS",
            "--set",
            "inventory.keywords.columns=COLS",
            "--set",
            "inventory.keywords.rows=LINES",
            "--set",
            "inventory.words.light=OPEN",
            "--set",
            "inventory.words.dark=CAPPED",
        ];
        AlbireoRun run = AlbireoRun.Of(command);
        Assert.Equal(1, run.Code);
        using JsonDocument json = JsonDocument.Parse(run.Out);
        Dictionary<string, JsonElement> frames = json
            .RootElement.GetProperty("frames")
            .EnumerateArray()
            .ToDictionary(f => f.GetProperty("frame").GetString()!);
        Assert.Equal(
            ("light", "PICTYPE", 12.5, "T_EXP", "Rc"),
            (
                Text(frames["a"], "kind"),
                Text(frames["a"], "kind_from"),
                frames["a"].GetProperty("exposure_s").GetDouble(),
                Text(frames["a"], "exposure_s_from"),
                Text(frames["a"], "filter")
            )
        );
        Assert.Equal("dark", Text(frames["c"], "kind"));
        Assert.Equal(
            ("problem", $"{scratch.At("k", "b.fits")}: COLS = 9, but the picture has 8 columns"),
            (Text(frames["b"], "status"), Text(frames["b"], "reason"))
        );
        AlbireoRun plain = AlbireoRun.Of("inventory", scratch.At("k"), "--json");
        Assert.DoesNotContain("PICTYPE", plain.Out, StringComparison.Ordinal);
        AlbireoRun twice = AlbireoRun.Of([.. command, "--set", "inventory.words.flat=capped"]);
        Assert.Equal(2, twice.Code);
        Assert.Contains("'capped' stands for dark and for flat", Assert.Single(twice.Complaints), StringComparison.Ordinal);
    }

    [Fact]
    public void Tape_names_the_folder_and_gets_its_lists()
    {
        Frame("raw/bias-001.fits", "XBINNING= 1", "EXPTIME = 0.0", "DATE-OBS= '2018-03-26T10:00:00'");
        Frame("raw/dark-002.fits", "XBINNING= 1", "EXPTIME = 180.0", "DATE-OBS= '2018-03-26T09:00:00'");
        Frame("raw/flat-003.fits", "XBINNING= 1", "EXPTIME = 15.0", "FILTER = 'R'", "DATE-OBS= '2018-03-26T09:10:00'");
        Frame("raw/object-005.fits", "XBINNING= 1", "EXPTIME = 200.0", "FILTER = 'R'", "DATE-OBS= '2018-03-26T14:04:06'");
        Frame("raw/object-004.fits", "XBINNING= 1", "EXPTIME = 200.0", "FILTER = 'R'", "DATE-OBS= '2018-03-26T14:07:37'");
        AlbireoRun two = AlbireoRun.Of("inventory", scratch.At("raw"), "--set", "inventory.binning=2");
        Assert.Contains("inventory.binning asks for binning 2, this frame has 1x1.", two.Out, StringComparison.Ordinal);
        Frame("raw/object-006.fits", "XBINNING= 2", "EXPTIME = 200.0", "FILTER = 'R'", "DATE-OBS= '2018-03-26T14:11:37'");
        Directory.CreateDirectory(scratch.At("job"));
        File.WriteAllText(scratch.At("job", "tape.par"), "WORKDIR ../raw # the night\nBINNING 1\n");
        Directory.CreateDirectory(scratch.At("out"));
        File.WriteAllText(scratch.At("out", "wdark10s.list"), "old\n");
        AlbireoRun run = AlbireoRun.Of("inventory", scratch.At("job"), "-o", scratch.At("out"), "--lists");
        Assert.True(run.Code == 0, run.ToString());
        Assert.Contains("tape.par asks for binning 1, this frame has 2x2.", run.Out, StringComparison.Ordinal);
        Assert.Contains("5 frames read with the telescope profile tape.", run.Error, StringComparison.Ordinal);
        Assert.Equal(
            ["wbias.list", "wdark180s.list", "wflatR.list", "wobj.list"],
            Directory.GetFiles(scratch.At("out"), "*.list").Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal)
        );
        Assert.Equal("object-005.fits\nobject-004.fits\n", File.ReadAllText(scratch.At("out", "wobj.list")));
        Assert.Equal(2, AlbireoRun.Of("inventory", scratch.At("job"), "--lists").Code);
        AlbireoRun named = AlbireoRun.Of("inventory", scratch.At("job", "tape.par"), "--frames");
        Assert.Equal(AlbireoRun.Of("inventory", scratch.At("job"), "--frames").Out, named.Out);
        File.WriteAllText(scratch.At("job", "tape.par"), "WORKDIR ../gone\n");
        AlbireoRun gone = AlbireoRun.Of("inventory", scratch.At("job"));
        Assert.Equal(2, gone.Code);
        Assert.Contains("tape.par: WORKDIR: there is no folder", Assert.Single(gone.Complaints), StringComparison.Ordinal);
    }

    private void Night()
    {
        Frame("n1/a.fits", "IMAGETYP= 'LIGHT'", "OBJECT = 'M 31'", "FILTER = 'r'''", "EXPTIME = 30.0", "TELESCOP= 'CamA'", Start(14));
        Frame("n1/b.fits", "IMAGETYP= 'LIGHT'", "OBJECT = 'M 13'", "FILTER = 'V'", "EXPTIME = 60.0", "TELESCOP= 'CamA'", Start(14));
        Frame("n1/c.fits", "IMAGETYP= 'FLAT'", "FILTER = 'V'", "EXPTIME = 2.5", "TELESCOP= 'CamA'", Start(14));
        TinyFits.Write(
            scratch.At("n1", "d.fits"),
            ++seed,
            4,
            6,
            "IMAGETYP= 'DARK'",
            "EXPTIME = 30.0",
            "TELESCOP= 'CamB'",
            "XBINNING= 2",
            Start(14)
        );
        Frame("deep/n2/e.fits", "IMAGETYP= 'LIGHT'", "OBJECT = 'HAT-P-32'", "FILTER = 'V'", "EXPTIME = 61.0", Start(15));
        Frame("deep/n2/in/er/f.fits", "IMAGETYP= 'FLAT'", "FILTER = 'B'", "EXPTIME = 3.0", Start(14));
        File.Move(scratch.At("deep", "n2", "in", "er", "f.fits"), scratch.At("deep", "n2", "in", "f.fits"));
    }

    private static string Start(int day) => $"DATE-OBS= '2025-03-{day}T21:00:00'";

    private static string? Text(JsonElement frame, string name) => frame.GetProperty(name).GetString();

    private static string Squeezed(IEnumerable<string> rows) =>
        string.Join('\n', rows.Select(r => string.Join(' ', r.Split(' ', StringSplitOptions.RemoveEmptyEntries))));

    private void Frame(string name, params string[] cards) => TinyFits.Write(scratch.At(name.Split('/')), ++seed, cards);
}
