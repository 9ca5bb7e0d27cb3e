using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Inventory;
using Albireo.Science.Time;
using Albireo.Tests.Support;

namespace Albireo.Tests.Inventory;

/// <summary>An unchanged tree is not opened again; what changed is.</summary>
public sealed class InventoryIndexTests : IDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly ScanOptions options;

    public InventoryIndexTests()
    {
        options = new ScanOptions { IndexPath = folder.At("out", ".albireo", "index.json"), Excluded = [folder.At("out")] };
        for (int i = 0; i < 5; i++)
        {
            Old(
                TinyFits.Write(
                    folder.At("night", $"f{i}.fits"),
                    i,
                    "IMAGETYP= 'LIGHT'",
                    $"DATE-OBS= '2025-03-14T21:0{i}:00.5'",
                    "EXPTIME = 30.0",
                    "OBJCTRA = '02 04 10.3'",
                    "OBJCTDEC= '+46 41 16'",
                    "SITELAT = 32.0",
                    "SITELONG= -105.0",
                    "BIASSEC = '[1:2,1:6]'",
                    "CRVAL1 = 10",
                    "CRVAL2 = 20",
                    "EGAIN = 1.5",
                    "XBINNING= 1"
                )
            );
        }
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Unchanged_files_are_not_opened_and_read_the_same()
    {
        NightInventory first = Inventories.Of(folder.At("night"), options);
        NightInventory second = Inventories.Of(folder.At("night"), options);
        Assert.Equal((5, 0), (first.OpenedFiles, second.OpenedFiles));
        Assert.Equal(InventoryJson.Write(first), InventoryJson.Write(second));
        Assert.All(first.Frames.Zip(second.Frames), p => Assert.Equal(p.First with { Warnings = [] }, p.Second with { Warnings = [] }));
        Assert.All(first.Frames.Zip(second.Frames), p => Assert.Equal(p.First.Warnings, p.Second.Warnings));
    }

    /// <summary>An index of another program version is read as it lies; whoever moves a word raises HeaderMap.Version.</summary>
    [Fact]
    public void The_index_holds_words_as_these_numbers()
    {
        Assert.Equal(
            "Unknown,Light,Bias,Dark,Flat,DarkFlat,MasterBias,MasterDark,MasterFlat,MasterDarkFlat",
            string.Join(',', Enumerable.Range(0, 10).Select(i => (FrameKind)i))
        );
        Assert.Equal("Utc,Tai,Tt,Tdb", string.Join(',', Enumerable.Range(0, 4).Select(i => (TimeScale)i)));
        Assert.Equal(3, HeaderMap.Version);
        Inventories.Of(folder.At("night"), options);
        Assert.Contains("\"Kind\":{\"Value\":1,", File.ReadAllText(options.IndexPath!), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ten_thousand_unchanged_files_none_is_opened()
    {
        const int count = 10_000;
        byte[] bytes = TinyFits.Bytes(1, 8, 6, "IMAGETYP= 'LIGHT'", "EXPTIME = 30.0", "FILTER = 'V'", "MJD-OBS = 60000.00000");
        int at = System.Text.Encoding.ASCII.GetString(bytes).IndexOf(".00000", StringComparison.Ordinal) + 1;
        for (int i = 0; i < count; i++)
        {
            string folderOfFile = folder.At("many", $"{i / 500:00}");
            if (i % 500 == 0)
            {
                Directory.CreateDirectory(folderOfFile);
            }
            System.Text.Encoding.ASCII.GetBytes($"{i:00000}", bytes.AsSpan(at));
            string path = Path.Combine(folderOfFile, $"f{i:00000}.fits");
            File.WriteAllBytes(path, bytes);
            Old(path);
        }
        NightInventory first = Inventories.Of(folder.At("many"), options);
        NightInventory second = Inventories.Of(folder.At("many"), options);
        Assert.Equal((count, 0), (first.OpenedFiles, second.OpenedFiles));
        Assert.Equal((count, count), (first.Frames.Count, second.Frames.Count));
    }

    [Fact]
    public void Changed_touched_and_new_files_are_opened()
    {
        Inventories.Of(folder.At("night"), options);
        TinyFits.Write(folder.At("night", "f1.fits"), 77, "IMAGETYP= 'DARK'", "EXPTIME = 3.0");
        File.SetLastWriteTimeUtc(folder.At("night", "f2.fits"), DateTime.UtcNow.AddDays(-9));
        Old(TinyFits.Write(folder.At("night", "new.fits"), 78, "IMAGETYP= 'DARK'", "EXPTIME = 4.0"));
        NightInventory night = Inventories.Of(folder.At("night"), options);
        Assert.Equal(3, night.OpenedFiles);
        Assert.Equal(2, night.OfKind(FrameKind.Dark).Count());
    }

    [Fact]
    public void Another_telescope_opens_them_again()
    {
        Inventories.Of(folder.At("night"), options);
        Assert.Equal(5, Inventories.Of(folder.At("night"), options with { Telescope = "mcdonald" }).OpenedFiles);
        Assert.Equal(0, Inventories.Of(folder.At("night"), options with { Telescope = "mcdonald" }).OpenedFiles);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"Version\":0,\"Profiles\":\"\",\"Entries\":[]}")]
    [InlineData("[1,2]")]
    public void A_damaged_index_counts_as_none(string text)
    {
        Inventories.Of(folder.At("night"), options);
        File.WriteAllText(options.IndexPath!, text);
        Assert.Equal(5, Inventories.Of(folder.At("night"), options).OpenedFiles);
        Assert.Equal(0, Inventories.Of(folder.At("night"), options).OpenedFiles);
    }

    [Fact]
    public void Files_that_have_just_changed_are_not_trusted()
    {
        TinyFits.Write(folder.At("night", "fresh.fits"), 9, "IMAGETYP= 'DARK'", "EXPTIME = 3.0");
        Assert.Equal(6, Inventories.Of(folder.At("night"), options).OpenedFiles);
        Assert.Equal(1, Inventories.Of(folder.At("night"), options).OpenedFiles);
    }

    [Fact]
    public void Broken_files_are_remembered_and_gone_ones_forgotten()
    {
        File.WriteAllText(folder.At("night", "text.fits"), "text");
        Old(folder.At("night", "text.fits"));
        Assert.Equal(6, Inventories.Of(folder.At("night"), options).OpenedFiles);
        NightInventory again = Inventories.Of(folder.At("night"), options);
        Assert.Equal((0, 1), (again.OpenedFiles, again.Problems.Count));
        File.Delete(folder.At("night", "text.fits"));
        Old(TinyFits.Write(folder.At("night", "new.fits"), 78, "IMAGETYP= 'DARK'", "EXPTIME = 4.0"));
        Inventories.Of(folder.At("night"), options);
        string index = File.ReadAllText(options.IndexPath!);
        Assert.Contains("new.fits", index, StringComparison.Ordinal);
        Assert.DoesNotContain("text.fits", index, StringComparison.Ordinal);
    }

    [Fact]
    public void Copies_are_known_without_opening()
    {
        File.Copy(folder.At("night", "f1.fits"), folder.At("night", "g1.fits"));
        Old(folder.At("night", "g1.fits"));
        Assert.Single(Inventories.Of(folder.At("night"), options).LeftOut);
        NightInventory again = Inventories.Of(folder.At("night"), options);
        Assert.Equal((1, 0), (again.LeftOut.Count, again.OpenedFiles));
    }

    [Fact]
    public void An_index_that_cannot_be_kept_does_no_harm()
    {
        Directory.CreateDirectory(options.IndexPath!);
        Assert.Equal(5, Inventories.Of(folder.At("night"), options).OpenedFiles);
        Assert.Equal(5, Inventories.Of(folder.At("night"), options).Frames.Count);
        Assert.Equal([options.IndexPath!], Directory.GetFileSystemEntries(folder.At("out", ".albireo")));
    }

    private static void Old(string path) => File.SetLastWriteTimeUtc(path, new DateTime(2025, 3, 15, 0, 0, 0, DateTimeKind.Utc));
}
