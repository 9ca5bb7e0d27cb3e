using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Inventory;
using Albireo.Tests.Support;

namespace Albireo.Tests.Inventory;

/// <summary>System 4: tape.par and the list files of run_ccdproc.</summary>
public sealed class TapeTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_first_two_words_of_a_line_count()
    {
        TapeParameters tape = TapeParameters.Parse(
            ["# TAPE parameters", "", "WORKDIR ./180326-HAT-P-12b   # where the images are", "BINNING 1 # 1x1", "GAIN  1.3 and more"],
            "/home/u/tape.par"
        );
        Assert.Equal(("/home/u/180326-HAT-P-12b", 1, "1.3"), (tape.WorkFolder, tape.Binning, tape.Values["GAIN"]));
        Assert.Contains(
            "line 1: BINNING has no value",
            Assert.Throws<SettingsFileException>(() => TapeParameters.Parse(["BINNING"], "t")).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<SettingsFileException>(() => TapeParameters.Parse(["BINNING two"], "t"));
    }

    [Fact]
    public void Binning_filters_and_lists_are_those_of_the_original()
    {
        string Frame(string name, int seed, string kind, double exposure, string filter, string time, int binning = 1) =>
            TinyFits.Write(
                folder.At(name),
                seed,
                $"IMAGETYP= '{kind}'",
                $"EXPTIME = {exposure:0.0##}",
                $"FILTER = '{filter}'",
                $"DATE-OBS= '2018-03-26T{time}'",
                $"XBINNING= {binning}",
                $"YBINNING= {binning}"
            );
        Frame("flat-046.fits", 1, "flat", 15, "R", "10:13:55");
        Frame("flat-047.fits", 2, "flat", 15, "R", "10:14:20");
        Frame("bias-001.fits", 3, "bias", 0, "R", "10:00:00");
        Frame("dark-180s-010.fits", 4, "dark", 179.6, "R", "09:00:00");
        Frame("dark-180s-011.fits", 5, "dark", 180, "R", "08:00:00");
        Frame("object-000116.fits", 6, "object", 200, "R", "14:07:37");
        Frame("object-000115.fits", 7, "object", 200, "R", "14:04:06");
        Frame("object-000117.fits", 8, "object", 200, "R", "14:11:04", binning: 2);
        Frame("odd.fits", 9, "focus", 5, "R", "14:00:00");
        File.WriteAllText(folder.At("tape.par"), "WORKDIR . # here\nBINNING 1\n");
        NightInventory night = Inventories.Of(folder.Path);
        Assert.Equal("tape.par asks for binning 1, this frame has 2x2", Assert.Single(night.LeftOut).LeftOut);
        IReadOnlyDictionary<string, IReadOnlyList<string>> lists = TapeLists.Of(night, folder.Path);
        Assert.Equal(["others.list", "wbias.list", "wdark180s.list", "wflatR.list", "wobj.list"], lists.Keys);
        Assert.Equal(["dark-180s-011.fits", "dark-180s-010.fits"], lists["wdark180s.list"]);
        Assert.Equal(["object-000115.fits", "object-000116.fits"], lists["wobj.list"]);
        Directory.CreateDirectory(folder.At("out"));
        File.WriteAllText(folder.At("out", "wflatB.list"), "old\n");
        File.WriteAllText(folder.At("out", "mine.list"), "mine\n");
        TapeLists.Write(night, folder.At("out"));
        Assert.Equal(
            ["mine.list", "others.list", "wbias.list", "wdark180s.list", "wflatR.list", "wobj.list"],
            Directory.GetFiles(folder.At("out")).Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal)
        );
        Assert.Equal("flat-046.fits\nflat-047.fits\n", File.ReadAllText(folder.At("out", "wflatR.list")));
    }
}
