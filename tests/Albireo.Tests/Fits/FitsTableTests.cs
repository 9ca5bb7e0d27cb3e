using Albireo.Fits;
using Albireo.Tests.Support;

namespace Albireo.Tests.Fits;

public sealed class FitsTableTests
{
    [Fact]
    public void Every_column_type_reads_back_as_it_was_written()
    {
        using var folder = new ScratchFolder();
        FitsTable table = SampleTables.Everything();
        string path = folder.At("t.fits");
        using (FitsOutput output = FitsOutput.Create(path))
        {
            output.AddTable(null, table);
            output.Commit();
        }
        using FitsFile file = FitsFile.Open(path);
        Assert.Equal(2, file.Hdus.Count);
        FitsTable read = ((FitsTableHdu)file.Hdu(1)).Read();
        Assert.Empty(file.Warnings);
        Assert.Equal(
            table.Columns.Select(c => (c.Name, c.Type, c.Repeat, c.Unit)),
            read.Columns.Select(c => (c.Name, c.Type, c.Repeat, c.Unit))
        );
        foreach ((FitsColumn wrote, FitsColumn got) in table.Columns.Zip(read.Columns))
        {
            Assert.Equal(wrote.Data.Cast<object>(), got.Data.Cast<object>());
            Assert.Equal(wrote.Dimensions, got.Dimensions);
            Assert.Equal(wrote.RowStarts, got.RowStarts);
        }
        Assert.Equal([double.NaN, 10, 10.5, 11, 11.5], read.Reals("S"));
        Assert.Equal([false, true, false, false, false], read.Column("j").Undefined());
        Assert.Equal([1.0, 2, 3], read.Column("v").Row<double>(2).ToArray());
    }

    [Fact]
    public void Text_tables_read_back_as_they_were_written()
    {
        using var folder = new ScratchFolder();
        FitsTable table = SampleTables.Plain();
        using (FitsOutput output = FitsOutput.Create(folder.At("t.fits")))
        {
            output.AddTextTable(null, table);
            output.Commit();
        }
        Assert.Empty(FitsVerifier.Verify(folder.At("t.fits")));
        using FitsFile file = FitsFile.Open(folder.At("t.fits"));
        var hdu = (FitsTableHdu)file.Hdu(1);
        Assert.Equal(FitsHduKind.AsciiTable, hdu.Kind);
        FitsTable read = hdu.Read();
        Assert.Equal(table.Texts("name"), read.Texts("name"));
        Assert.Equal(table.Integers("count"), read.Integers("count"));
        Assert.Equal(table.Reals("value"), read.Reals("value"));
        Assert.Equal("mag", read.Column("value").Unit);
        Assert.Equal([false, true, false, false], read.Column("value").Undefined());
        Assert.Equal([long.MaxValue, long.MinValue], hdu.Read(2, 2, ["COUNT"]).Integers("count"));
        Assert.Throws<KeyNotFoundException>(() => hdu.Read(0, 1, ["nothing"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => hdu.Read(3, 2));
    }

    [Fact]
    public void Numbers_of_every_type_convert_and_nulls_are_undefined()
    {
        var table = new FitsTable(2);
        table.Add("b", new byte[] { 1, 2 }, @null: 2);
        table.Add("sb", new sbyte[] { -1, 2 }, @null: 2);
        table.Add("i", new short[] { -1, 2 }, @null: 2);
        table.Add("u", new ushort[] { 1, 40000 }, @null: 40000);
        table.Add("j", new[] { -1, 2 }, @null: 2);
        table.Add("uj", new uint[] { 1, 4000000000 }, @null: 4000000000);
        table.Add("k", new long[] { -1, 2 }, @null: 2);
        table.Add("uk", new ulong[] { 1, ulong.MaxValue }, @null: -1);
        using var folder = new ScratchFolder();
        using (FitsOutput output = FitsOutput.Create(folder.At("t.fits")))
        {
            output.AddTable(null, table);
            output.Commit();
        }
        using FitsFile file = FitsFile.Open(folder.At("t.fits"));
        FitsTable read = ((FitsTableHdu)file.Hdu(1)).Read();
        foreach (FitsColumn column in read.Columns)
        {
            Assert.Equal([false, true], column.Undefined());
            Assert.Equal(1, Math.Abs(column.Reals()[0]));
            Assert.Equal(double.NaN, column.Reals()[1]);
            Assert.Equal(column.Data.GetValue(0)!.ToString(), column.Type == FitsColumnType.UInt64 ? "1" : column.Integers()[0].ToString());
        }
        Assert.Throws<OverflowException>(() => read.Integers("uk"));
        Assert.Throws<InvalidOperationException>(() => read.Values<short>("u").Length);
        Assert.Throws<InvalidOperationException>(() => read.Texts("b").Length);
        Assert.Throws<InvalidOperationException>(() => read.Logicals("b").Length);
        Assert.Throws<InvalidOperationException>(() => read.Column("b").Complexes().Length);
        Assert.Throws<KeyNotFoundException>(() => read.Reals("nothing"));
    }

    [Fact]
    public void Tables_refuse_columns_that_do_not_fit()
    {
        var table = new FitsTable(2);
        table.Add("a", new[] { 1, 2 });
        Assert.Throws<ArgumentException>(() => table.Add("A", new[] { 1, 2 }));
        Assert.Throws<ArgumentException>(() => table.Add("b", new[] { 1, 2, 3 }));
        Assert.Throws<ArgumentException>(() => table.Add("b", new[] { 1, 2, 3, 4 }, repeat: 2, dimensions: [3]));
        Assert.Throws<ArgumentException>(() => table.AddScaled("b", new short[] { 1, 2 }, 0, 0));
        Assert.Throws<NotSupportedException>(() => table.Add("b", new[] { 'x', 'y' }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FitsTable(-1));
        Assert.Throws<InvalidOperationException>(() => table.AddScaled("s", new short[] { 1, 2 }, 0.5, 1).Integers());
        table.Add("flag", new[] { true, false });
        using var folder = new ScratchFolder();
        using FitsOutput output = FitsOutput.Create(folder.At("t.fits"));
        Assert.Throws<NotSupportedException>(() => output.AddTextTable(null, table));
        Assert.Single(table.Columns, column => column.Name == "flag");
    }

    [Theory]
    [InlineData("TFORM1", "'3Z'", "one of L X B")]
    [InlineData("TFORM1", "''", "one of L X B")]
    [InlineData("TFORM1", "'2PJ'", "one of L X B")]
    [InlineData("NAXIS1", "3", "bytes that the columns take up")]
    [InlineData("TFIELDS", "1000", "0 to 999")]
    [InlineData("TFIELDS", "2", "the format of the column")]
    [InlineData("TSCAL1", "0", "a scale that is not 0")]
    [InlineData("THEAP", "1", "behind the rows")]
    public void Damaged_descriptions_are_named(string keyword, string value, string expected)
    {
        byte[] header = RawFits.Header(
            "XTENSION= 'BINTABLE'",
            RawFits.Card("BITPIX", 8),
            RawFits.Card("NAXIS", 2),
            RawFits.Card("NAXIS1", 8),
            RawFits.Card("NAXIS2", 2),
            RawFits.Card("PCOUNT", 8),
            RawFits.Card("GCOUNT", 1),
            RawFits.Card("TFIELDS", 1),
            RawFits.Card("TFORM1", "'1PJ(2)'"),
            RawFits.Card("TSCAL1", 1),
            RawFits.Card("THEAP", 16)
        );
        byte[] whole = [.. RawFits.Image(2, 2), .. header, .. new byte[2880]];
        using (FitsFile good = FitsFile.Open(whole, "good"))
        {
            Assert.Equal(2, ((FitsTableHdu)good.Hdu(1)).Read().RowCount);
        }
        byte[] changed = [.. RawFits.Image(2, 2), .. RawFits.With(header, keyword, value), .. new byte[2880]];
        using FitsFile file = FitsFile.Open(changed, "bad");
        FitsFormatException error = Assert.Throws<FitsFormatException>(() => ((FitsTableHdu)file.Hdu(1)).Read());
        Assert.Contains(expected, error.Expected, StringComparison.Ordinal);
        Assert.Equal(1, error.Hdu);
    }
}
