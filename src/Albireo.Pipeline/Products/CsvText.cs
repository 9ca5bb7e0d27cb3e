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
}
