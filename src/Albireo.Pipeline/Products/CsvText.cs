using System.Globalization;
using Albireo.Science.Time;

namespace Albireo.Pipeline.Products;

/// <summary>Cells of our CSV products: invariant, missing is empty, foreign text made inert and quoted where needed.</summary>
public static class CsvText
{
    public static string Number(double? value, string format = "R") =>
        value is { } v && double.IsFinite(v) ? v.ToString(format, CultureInfo.InvariantCulture) : "";

    /// <summary>A Julian date with ten decimals (9 µs).</summary>
    public static string Date(JulianDate? date) => date is { } d ? d.ToDecimal(10) : "";

    public static string Cell(string? text)
    {
        string cell = SafeText.Cell(text);
        return cell.AsSpan().ContainsAny(',', '"') ? "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : cell;
    }

    /// <summary>The cells of a line that was written with <see cref="Cell"/>, which leaves no line break in a cell.</summary>
    public static List<string> Cells(string line)
    {
        var cells = new List<string>();
        int start = 0;
        while (start <= line.Length)
        {
            bool isQuoted = start < line.Length && line[start] == '"';
            int end = isQuoted ? ClosingQuote(line, start + 1) : line.IndexOf(',', start);
            end = end < 0 ? line.Length : end;
            cells.Add(isQuoted ? line[(start + 1)..end].Replace("\"\"", "\"", StringComparison.Ordinal) : line[start..end]);
            start = end + (isQuoted ? 2 : 1);
        }
        return cells;
    }

    private static int ClosingQuote(string line, int start)
    {
        int quote = line.IndexOf('"', start);
        while (quote >= 0 && quote + 1 < line.Length && line[quote + 1] == '"')
        {
            quote = line.IndexOf('"', quote + 2);
        }
        return quote;
    }
}
