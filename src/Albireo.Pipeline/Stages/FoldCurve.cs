using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Science.LightCurves;

namespace Albireo.Pipeline.Stages;

/// <summary>Folds a curve on a period: given, found, or that of the planet where there are several nights.</summary>
public static class FoldCurve
{
    /// <summary>The curve with its period and phases, where there is one.</summary>
    public static LightCurve Run(LightCurve curve, FluxTable table, Recipe recipe)
    {
        FoundPeriod? found = SearchPeriod.Run(curve, table, recipe.Curve);
        return curve with { Found = found, Fold = Fold(curve, table, recipe, found) };
    }

    /// <summary>As it is shown: on the period and mid-transit of a fit over several nights, else as the curve says; null for no period.</summary>
    public static FoldedCurve? Shown(FluxTable table, LightCurve curve, FitFile? fit) =>
        curve.Nights.Count > 1 && fit?["period"] is { } period && fit["tc"] is { } tc
            ? On(table, period.Value, tc.Value, "the fit")
            : curve.Fold;

    /// <summary>Folded on a period.</summary>
    public static FoldedCurve On(FluxTable table, double periodDays, double t0, string source)
    {
        double[] times = Times(table);
        double[] phase = new double[times.Length];
        int[] cycle = new int[times.Length];
        for (int i = 0; i < times.Length; i++)
        {
            double turns = (times[i] - t0) / periodDays;
            phase[i] = turns - Math.Round(turns);
            cycle[i] = double.IsFinite(turns) ? (int)Math.Round(turns) : 0;
        }
        return new FoldedCurve(periodDays, t0, source, phase, cycle);
    }

    /// <summary>BJD_TDB where it is known, else JD_UTC.</summary>
    internal static double[] Times(FluxTable table)
    {
        bool isBarycentric = table.Frames.Any(f => f.MidBarycentric is not null);
        return [.. table.Frames.Select(f => (isBarycentric ? f.MidBarycentric : f.MidUtc)?.Value ?? double.NaN)];
    }

    private static FoldedCurve? Fold(LightCurve curve, FluxTable table, Recipe recipe, FoundPeriod? found)
    {
        (double period, string source)? known =
            recipe.Curve.Period is { } given ? (given, "curve.period")
            : found is not null ? (found.BestDays, "the highest peak of the search")
            : curve.Nights.Count > 1 && recipe.Fit.Period.Count > 0 ? (recipe.Fit.Period[0], "the planet's ephemeris")
            : null;
        if (known is not { } fold)
        {
            return null;
        }
        double t0 =
            recipe.Curve.T0
            ?? (
                recipe.Fit.T0.Count > 0 && recipe.Curve.Period is null && found is null ? recipe.Fit.T0[0]
                : found is not null && recipe.Curve.Period is null ? found.T0
                : Lowest(curve, table)
            );
        return On(table, fold.period, t0, fold.source);
    }

    /// <summary>Time of the faintest point that is used, or of the first where none is.</summary>
    private static double Lowest(LightCurve curve, FluxTable table)
    {
        double[] times = Times(table);
        int[] used = [.. Enumerable.Range(0, times.Length).Where(i => curve.Used[i])];
        return used.Length > 0 ? times[used.MinBy(i => curve.RelativeFlux[i])] : times.FirstOrDefault(double.IsFinite);
    }
}
