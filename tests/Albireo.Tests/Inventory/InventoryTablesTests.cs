using System.Text.Json;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Products;
using Albireo.Tests.Support;

namespace Albireo.Tests.Inventory;

/// <summary>inventory.csv, its JSON and the rows on screen.</summary>
public sealed class InventoryTablesTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Columns_are_those_of_the_contract() =>
        Assert.Equal(
            "frame,path,kind,kind_from,exposure_s,filter,start_utc,start_from,width,height,binning,temperature_c,gain,status,reason",
            string.Join(',', InventoryCsv.Columns)
        );

    [Fact]
    public void One_row_a_file_problems_first_and_missing_is_empty()
    {
        TinyFits.Write(
            folder.At("b.fits"),
            1,
            "IMAGETYP= 'Master Dark'",
            "EXPTIME = 30.0",
            "FILTER = 'V'",
            "DATE-OBS= '2025-03-14T21:05:32.123456'",
            "XBINNING= 2",
            "CCD-TEMP= -25.5",
            "EGAIN = 1.25"
        );
        TinyFits.Write(folder.At("a.fits"), 2, "EXPTIME = 5.0", "OBJECT = 'M 13'");
        TinyFits.Write(folder.At("c.fits"), 3, "IMAGETYP= 'LIGHT'", "OBSTYPE = 'DARK'", "EXPTIME = 5.0");
        File.WriteAllText(folder.At("z.fits"), "text");
        string[] lines = InventoryCsv.Write(Inventories.Of(folder.Path)).TrimEnd('\n').Split('\n');
        Assert.Equal(5, lines.Length);
        Assert.StartsWith($"c,{folder.At("c.fits")},,,5,,,,8,6,,,,problem,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith($"z,{folder.At("z.fits")},,,,,,,,,,,,problem,", lines[2], StringComparison.Ordinal);
        Assert.StartsWith(
            $"a,{folder.At("a.fits")},,suggested by OBJECT: light,5,,,,8,6,,,,warning,Taken as light. ",
            lines[3],
            StringComparison.Ordinal
        );
        Assert.Equal(
            $"b,{folder.At("b.fits")},dark,IMAGETYP,30,V,2025-03-14T21:05:32.123456,DATE-OBS,8,6,2x2,-25.5,1.25,ok,A master dark: used as it is.",
            lines[4]
        );
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"")]
    [InlineData("+1+1", "'+1+1")]
    [InlineData("-3", "-3")]
    [InlineData("-rf", "'-rf")]
    [InlineData("@x", "'@x")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\nb", "a\\x0Ab")]
    [InlineData("\u001b[2Jx\u202ey\u200b", "\\x1B[2Jx\\x202Ey\\x200B")]
    [InlineData("plain", "plain")]
    public void Cells_are_inert(string text, string cell) => Assert.Equal(cell, CsvText.Cell(text));

    [Fact]
    public void Json_has_every_value_with_its_source()
    {
        TinyFits.Write(folder.At("a.fits"), 2, "IMAGETYP= 'LIGHT'", "EXPTIME = 5.0", "OBJECT = '<b>'", "DATE-OBS= '2025-03-14T21:05:32.5'");
        string text = InventoryJson.Write(Inventories.Of(folder.Path));
        using JsonDocument json = JsonDocument.Parse(text);
        JsonElement frame = json.RootElement.GetProperty("frames")[0];
        Assert.Equal(
            ("light", "IMAGETYP", "LIGHT"),
            (frame.GetProperty("kind").GetString(), frame.GetProperty("kind_from").GetString(), frame.GetProperty("kind_raw").GetString())
        );
        Assert.Equal(5, frame.GetProperty("exposure_s").GetDouble());
        Assert.Equal(JsonValueKind.Null, frame.GetProperty("filter").ValueKind);
        Assert.Equal("2025-03-14T21:05:32.500000", frame.GetProperty("start_utc").GetString());
        Assert.Equal(2460749.3788483795, frame.GetProperty("jd_start_utc").GetDouble(), 1e-9);
        Assert.Equal("<b>", frame.GetProperty("object").GetString());
        Assert.DoesNotContain("<b>", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_name_with_control_characters_is_harmless_everywhere()
    {
        TinyFits.Write(folder.At("a\u001b]0;x\u0007\n=1.fits"), 2, "EXPTIME = 5.0", "OBJECT = 'M 13'");
        NightInventory night = Inventories.Of(folder.Path);
        string csv = InventoryCsv.Write(night);
        Assert.Equal(2, csv.TrimEnd('\n').Split('\n').Length);
        Assert.Contains("a\\x1B]0;x\\x07\\x0A=1", csv, StringComparison.Ordinal);
        string screen = string.Concat(InventoryTable.Frames(night).SelectMany(r => r));
        Assert.DoesNotContain(csv + screen + InventoryJson.Write(night), c => char.IsControl(c) && c != '\n');
    }

    [Fact]
    public void Screen_rows_are_short()
    {
        TinyFits.Write(folder.At("a.fits"), 2, "EXPTIME = 5.0", "OBJECT = 'M 13'");
        IReadOnlyList<string> row = Assert.Single(InventoryTable.Frames(Inventories.Of(folder.Path)));
        Assert.Equal(InventoryTable.FrameColumns.Count, row.Count);
        Assert.Equal(("warning", "a", "light?", "5 s"), (row[0], row[1], row[2], row[3]));
    }
}
