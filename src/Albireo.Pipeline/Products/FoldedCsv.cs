using System.Globalization;
using System.Text;
using Albireo.Pipeline.Stages;

namespace Albireo.Pipeline.Products;

/// <summary>folded.csv: the curve over the phase of its period; periodogram.csv: the search that found it.</summary>
public static class FoldedCsv
{
    /// <summary>One row a frame, in the order of the phase.</summary>
    public static string Text(FluxTable table, LightCurve curve, FoldedCurve fold, FitFile? fit)
    {
        double[] times = FoldCurve.Times(table);
        string scale = table.Frames.Any(f => f.MidBarycentric is not null) ? "bjd_tdb_mid" : "jd_utc_mid";
        var text = new StringBuilder($"frame,night,cycle,phase,{scale},relative_flux,relative_flux_error,baseline,used\n");
        var nightOf = curve.Nights.SelectMany(n => n.Frames.Select(f => (f, n.Name))).ToDictionary();
        foreach (int i in Enumerable.Range(0, times.Length).Where(i => double.IsFinite(fold.Phase[i])).OrderBy(i => fold.Phase[i]))
        {
            double baseline = double.NaN;
            if (fit is not null && fit.Frames.TryGetValue(table.Frames[i].Info.Name, out var model))
            {
                baseline = model.Baseline;
            }
            text.AppendJoin(
                    ',',
                    CsvText.Cell(table.Frames[i].Info.Name),
                    nightOf[i],
                    fold.Cycle[i].ToString(CultureInfo.InvariantCulture),
                    CsvText.Number(fold.Phase[i], "F8"),
                    CsvText.Number(times[i], "F9"),
                    CsvText.Number(curve.RelativeFlux[i], "G10"),
                    CsvText.Number(curve.RelativeFluxError[i], "G6"),
                    CsvText.Number(baseline, "G10"),
                    curve.Used[i] ? "true" : "false"
                )
                .Append('\n');
        }
        return text.ToString();
    }

    /// <summary>One row a trial period.</summary>
    public static string Text(FoundPeriod found)
    {
        var text = new StringBuilder("period_d,power\n");
        for (int i = 0; i < found.Periods.Length; i++)
        {
            text.Append(CsvText.Number(found.Periods[i], "G12")).Append(',').Append(CsvText.Number(found.Power[i], "G8")).Append('\n');
        }
        return text.ToString();
    }
}
