using System.Diagnostics;
using System.IO.Compression;
using Albireo.Fits;
using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Inventory;
using Albireo.Tests.Support;

namespace Albireo.Tests.Inventory;

/// <summary>Which files of a folder are looked at, and what becomes of those that are no frames.</summary>
public sealed class FilesTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Endings_count_in_any_case_and_other_files_are_ignored()
    {
        foreach (string name in (string[])["a.fits", "b.FIT", "c.fts", "d.Fits", "-rf.fits", "with space.fits", "a[1].fits"])
        {
            TinyFits.Write(folder.At(name), name.Length + name[0], $"OBJECT = '{name}'");
        }
        using (var packed = new GZipStream(File.Create(folder.At("e.fits.gz")), CompressionLevel.Fastest))
        {
            packed.Write(TinyFits.Bytes(99, 8, 6, "OBJECT = 'packed'"));
        }
        File.WriteAllText(folder.At("notes.txt"), "clear night");
        TinyFits.Write(folder.At("frame.fits.part"), 1);
        TinyFits.Write(folder.At("frame.fits.tmp"), 1);
        TinyFits.Write(folder.At("._a.fits"), 1);
        TinyFits.Write(folder.At(".git", "x.fits"), 1);
        NightInventory night = Inventories.Of(folder.Path);
        Assert.Equal(
            ["-rf", "a", "a[1]", "b", "c", "d", "e", "with space"],
            night.Frames.Select(f => f.Name).Order(StringComparer.Ordinal)
        );
        Assert.Empty(night.Problems);
        Assert.Equal(["._a.fits", "frame.fits.part", "frame.fits.tmp", "notes.txt"], night.Ignored.Select(i => Path.GetFileName(i.Path)));
    }

    [Fact]
    public void What_claims_to_be_fits_and_is_not_is_listed_with_its_reason()
    {
        TinyFits.Write(folder.At("good.fits"), 1);
        File.WriteAllText(folder.At("text.fits"), "this is a text");
        File.WriteAllBytes(folder.At("empty.fits"), []);
        File.WriteAllBytes(folder.At("cut.fits"), TinyFits.Bytes(1, 800, 600)[..5000]);
        NightInventory night = Inventories.Of(folder.Path);
        Assert.Equal("good", Assert.Single(night.Frames).Name);
        Assert.Equal(["cut", "empty", "text"], night.Problems.Select(p => p.Name));
        Assert.All(night.Problems, p => Assert.Contains(Path.GetFileName(p.Path), p.Problem, StringComparison.Ordinal));
        Assert.Contains("3 files cannot be used: listed with the reason.", night.Notices);
        Assert.Equal(
            ["problem", "problem", "problem", "ok"],
            InventoryCsv.Rows(night).Select(f => InventoryCsv.Status(f).Replace("warning", "ok", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Links_and_pipes_do_no_harm()
    {
        TinyFits.Write(folder.At("night", "a.fits"), 1);
        TinyFits.Write(folder.At("elsewhere", "b.fits"), 2);
        File.CreateSymbolicLink(folder.At("night", "b.fits"), folder.At("elsewhere", "b.fits"));
        File.CreateSymbolicLink(folder.At("night", "dangling.fits"), folder.At("nowhere.fits"));
        File.CreateSymbolicLink(folder.At("night", "loop.fits"), folder.At("night", "loop.fits"));
        Directory.CreateSymbolicLink(folder.At("night", "up"), folder.Path);
        Directory.CreateDirectory(folder.At("night", "folder.fits"));
        File.CreateSymbolicLink(folder.At("night", "todir.fits"), folder.At("elsewhere"));
        using (Process pipe = Process.Start("mkfifo", [folder.At("night", "pipe.fits")]))
        {
            pipe.WaitForExit();
        }
        NightInventory night = Inventories.Of(folder.At("night"));
        Assert.Equal(["a", "b"], night.Frames.Select(f => f.Name));
        Assert.Equal(["dangling", "loop", "pipe"], night.Problems.Select(p => p.Name));
        Assert.Equal(["todir.fits", "up"], night.Ignored.Select(i => Path.GetFileName(i.Path)));
    }

    [Fact]
    public void A_path_that_leads_nowhere_is_an_error_that_names_it()
    {
        var error = Assert.Throws<FileNotFoundException>(() => Inventories.Of(folder.At("none")));
        Assert.Equal($"{folder.At("none")}: there is no such file or folder.", error.Message);
    }

    [Fact]
    public void An_empty_folder_is_said()
    {
        NightInventory night = Inventories.Of(folder.Path);
        Assert.Empty(night.Frames);
        Assert.Equal(["No frame was found that can be used."], night.Notices);
    }

    [Fact]
    public void Products_are_no_frames()
    {
        TinyFits.Write(folder.At("a.fits"), 1);
        TinyFits.Write(folder.At("out", "calibrated", "a.fits"), 2);
        TinyFits.Write(folder.At("earlier", "masters", "bias.fits"), 3);
        Directory.CreateDirectory(folder.At("earlier", ".albireo"));
        NightInventory night = Inventories.Of(folder.Path, new ScanOptions { Excluded = [folder.At("out")] });
        Assert.Equal(folder.At("a.fits"), Assert.Single(night.Frames).Path);
        Assert.Equal("products of an earlier run", Assert.Single(night.Ignored).Reason);
        Assert.Contains(
            night.Notices,
            n => n.StartsWith("1 folder with products of an earlier run is not looked through: ", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_night_that_is_its_own_output_is_read_as_before()
    {
        TinyFits.Write(folder.At("night", "a.fits"), 1);
        TinyFits.Write(folder.At("night", "calibrated", "a.fits"), 2);
        TinyFits.Write(folder.At("night", "masters", "bias.fits"), 3);
        TinyFits.Write(folder.At("night", "observation.fits"), 4);
        TinyFits.Write(folder.At("night", "TARGET_R_2020-05-30", "calibrated", "a.fits"), 5);
        TinyFits.Write(folder.At("night", "deep", "masters", "b.fits"), 6);
        Assert.Equal(6, Inventories.Of(folder.At("night")).Frames.Count);
        Directory.CreateDirectory(folder.At("night", ".albireo"));
        NightInventory night = Inventories.Of(folder.At("night"));
        Assert.Equal(["a", "b"], night.Frames.Select(f => f.Name).Order(StringComparer.Ordinal));
        Assert.Equal(4, night.Ignored.Count(i => i.Reason == "products of an earlier run"));
    }

    [Fact]
    public void What_promises_a_picture_and_is_passed_over_is_said()
    {
        TinyFits.Write(folder.At("a.fits"), 1);
        foreach (string name in (string[])["b.fits.Z", "c.XISF", "notes.txt", ".d.fits.swp"])
        {
            File.WriteAllText(folder.At(name), "something");
        }
        using (FitsOutput empty = FitsOutput.Create(folder.At("e.fits")))
        {
            empty.AddHeader(new FitsHeader());
            empty.Commit();
        }
        File.Copy(folder.At("e.fits"), folder.At("f.fits.fz"));
        NightInventory night = Inventories.Of(folder.Path);
        string said = Assert.Single(night.Notices, n => n.Contains("passed over", StringComparison.Ordinal));
        Assert.StartsWith("3 files passed over: b.fits.Z (its name is not that of a FITS file), c.XISF", said);
        Assert.Contains("e.fits (it holds no picture)", said);
        Assert.DoesNotContain("notes.txt", said);
        Assert.Contains("the file is cut", Assert.Single(night.Problems).Problem);
    }

    [Fact]
    public void Folders_overlap_and_files_are_named_outright()
    {
        TinyFits.Write(folder.At("night", "a.fits"), 1);
        TinyFits.Write(folder.At("night", "deep", "b.fits"), 2);
        TinyFits.Write(folder.At("noext"), 3);
        NightInventory night = Inventories.Of([folder.At("night"), folder.At("night", "deep"), folder.At("noext")]);
        Assert.Equal(["a", "b", "noext"], night.Frames.Select(f => f.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["a"], Inventories.Of(folder.At("night"), new ScanOptions { Depth = 0 }).Frames.Select(f => f.Name));
    }

    [Fact]
    public void The_same_exposure_counts_once()
    {
        string[] cards = ["OBJECT = 'M 13'", "DATE-OBS= '2025-03-14T21:05:32.123'", "EXPTIME = 60.0"];
        byte[] bytes = TinyFits.Bytes(1, 8, 6, cards);
        File.WriteAllBytes(folder.At("a.fits"), bytes);
        File.WriteAllBytes(folder.At("b.fits"), bytes);
        using (var packed = new GZipStream(File.Create(folder.At("c.fits.gz")), CompressionLevel.Fastest))
        {
            packed.Write(bytes);
        }
        TinyFits.Write(folder.At("other-pixels.fits"), 2, cards);
        TinyFits.Write(folder.At("other-filter.fits"), 1, [.. cards, "FILTER = 'R'"]);
        NightInventory night = Inventories.Of(folder.Path);
        Assert.Equal(["a", "other-filter", "other-pixels"], night.Frames.Select(f => f.Name));
        Assert.Equal(["b", "c"], night.LeftOut.Select(f => f.Name));
        Assert.All(night.LeftOut, f => Assert.Equal($"the same exposure as {folder.At("a.fits")}, which is used", f.LeftOut));
    }

    [Fact]
    public void Order_does_not_depend_on_threads()
    {
        for (int i = 0; i < 40; i++)
        {
            string time = $"2025-03-14T21:{59 - i:D2}:00";
            TinyFits.Write(
                folder.At($"f{i:D2}.fits"),
                i,
                $"DATE-OBS= '{time}'",
                $"IMAGETYP= '{(i % 3 == 0 ? "Dark" : "Light")}'",
                "EXPTIME = 1.0"
            );
        }
        string[] texts =
        [
            .. new[] { 1, 2, 7 }.Select(t =>
                InventoryCsv.Write(
                    NightInventory.Take(
                        [folder.Path],
                        new ScanOptions { Telescopes = TelescopeLibrary.Open() },
                        null,
                        t,
                        TestContext.Current.CancellationToken
                    )
                )
            ),
        ];
        Assert.Equal(texts[0], texts[1]);
        Assert.Equal(texts[0], texts[2]);
        List<string> lines = [.. texts[0].Split('\n').Skip(1).Select(l => l.Split(',')[0])];
        Assert.StartsWith("f38", lines[0], StringComparison.Ordinal); // the earliest light
    }
}
