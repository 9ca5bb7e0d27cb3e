using System.Globalization;

namespace Albireo.Tests.Support;

/// <summary>
/// Reference values from <c>reference/*.csv</c>: the first line is a comment with tool, version and settings (and the script that
/// made it), the second the column names.
/// </summary>
public static class Reference
{
    public static IEnumerable<ReferenceRow> Rows(string name)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, "reference", name));
        Assert.StartsWith("#", lines[0]);
        string[] columns = lines[1].Split(',');
        Assert.True(lines.Length > 2, $"{name} has no rows");
        foreach (string line in lines.Skip(2).Where(l => l.Length > 0))
        {
            yield return new ReferenceRow(columns, line.Split(','));
        }
    }
}

public sealed class ReferenceRow(string[] columns, string[] cells)
{
    public double this[string column] => double.Parse(Text(column), NumberStyles.Float, CultureInfo.InvariantCulture);

    public string Text(string column) => cells[Array.IndexOf(columns, column)];
}
