using Albireo.Fits;

namespace Albireo.Tests.Fits;

public sealed class FitsTableTests
{
    [Fact]
    public void Every_column_type_reads_back_as_it_was_written()
    {
        using var folder = new TemporaryFolder();
        FitsTable table = SampleTables.Everything();
        string path = folder.File("t.fits");
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
        using var folder = new TemporaryFolder();
        FitsTable table = SampleTables.Plain();
        using (FitsOutput output = FitsOutput.Create(folder.File("t.fits")))
        {
            output.AddTextTable(null, table);
            output.Commit();
        }
        Assert.Empty(FitsVerifier.Verify(folder.File("t.fits")));
        using FitsFile file = FitsFile.Open(folder.File("t.fits"));
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
}
