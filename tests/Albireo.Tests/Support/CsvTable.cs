using System.Globalization;

namespace Albireo.Tests.Support;

/// <summary>A CSV product read back; an empty cell is NaN as a number.</summary>
public sealed class CsvTable
{
    private CsvTable(string[] columns, IReadOnlyList<string[]> rows) => (Columns, Rows) = (columns, rows);

    public IReadOnlyList<string> Columns { get; }
    public IReadOnlyList<string[]> Rows { get; }

    /// <summary>Reads a table whose first line, comments aside, names the columns.</summary>
    public static CsvTable Read(string path)
    {
        string[][] lines = [.. File.ReadAllLines(path).Where(l => l.Length > 0 && !l.StartsWith('#')).Select(l => Cells(l))];
        foreach (string[] line in lines)
        {
            Assert.True(line.Length == lines[0].Length, $"{path}: {line.Length} cells under {lines[0].Length} columns");
        }
        return new CsvTable(lines[0], lines[1..]);
    }

    public string[] Texts(string column)
    {
        int index = Array.IndexOf([.. Columns], column);
        Assert.True(index >= 0, $"no column {column}");
        return [.. Rows.Select(r => r[index])];
    }

    public double[] Reals(string column) =>
        [.. Texts(column).Select(t => t.Length == 0 ? double.NaN : double.Parse(t, NumberStyles.Float, CultureInfo.InvariantCulture))];

    /// <summary>Julian dates as exact decimals: a double keeps a date only to 40 µs.</summary>
    public decimal[] Dates(string column) =>
        [.. Texts(column).Select(t => decimal.Parse(t, NumberStyles.Float, CultureInfo.InvariantCulture))];

    private static string[] Cells(string line)
    {
        var cells = new List<string> { "" };
        bool quoted = false;
        foreach (char c in line)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                cells.Add("");
            }
            else
            {
                cells[^1] += c;
            }
        }
        return [.. cells];
    }
}
