using Albireo.Pipeline.Products;

namespace Albireo.Tests.Products;

public class CsvTextTests
{
    [Fact]
    public void What_is_written_is_read_back()
    {
        string[] cells = ["", "a", "with, comma", "\"", "say \"so\"", "\"\"", ",", "", "1.5", ""];
        string line = string.Join(',', cells.Select(CsvText.Cell));
        Assert.Equal(cells, CsvText.Cells(line));
        Assert.Equal([""], CsvText.Cells(""));
        Assert.Equal(["", ""], CsvText.Cells(","));
    }
}
