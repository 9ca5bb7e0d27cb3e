using System.Globalization;
using System.Text;
using Albireo.Pipeline.Stages;
using Albireo.Pipeline.Stars;
using Albireo.Science.LightCurves;

namespace Albireo.Pipeline.Products;

/// <summary>comparisons.csv: each star that was looked at, comparisons first: in or out, why, and what it does to the curve.</summary>
public static class ComparisonsCsv
{
    public const string Columns =
        "star,name,x,y,is_comparison,weight,scatter,trend,scatter_without,change_without,colour,colour_difference,reason";

    public static string Text(FluxTable table, LightCurve curve)
    {
        var text = new StringBuilder(Columns).Append('\n');
        foreach (StarVerdict verdict in curve.Verdicts.Where(v => v.Star != curve.Target))
        {
            Star star = table.Stars[verdict.Star];
            int place = curve.Comparisons.ToList().IndexOf(verdict.Star);
            (double scatter, double change) =
                place >= 0 && place < curve.LeaveOneOut.Count ? curve.LeaveOneOut[place] : (double.NaN, double.NaN);
            text.AppendJoin(
                    ',',
                    star.Id.ToString(CultureInfo.InvariantCulture),
                    CsvText.Cell(star.Name),
                    CsvText.Number(star.X, "F2"),
                    CsvText.Number(star.Y, "F2"),
                    verdict.IsComparison ? "true" : "false",
                    CsvText.Number(verdict.IsComparison ? verdict.Weight : null, "G6"),
                    CsvText.Number(verdict.Scatter, "G6"),
                    CsvText.Number(verdict.Trend, "G6"),
                    CsvText.Number(scatter, "G6"),
                    CsvText.Number(change, "G6"),
                    CsvText.Number(curve.Colours?.Values[star.Id], "F4"),
                    CsvText.Number(curve.ColourDifference(star.Id), "F4"),
                    CsvText.Cell(verdict.Reason)
                )
                .Append('\n');
        }
        return text.ToString();
    }
}
