using System.Globalization;
using Albireo.Pipeline.Plots;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;
using Albireo.Science.Photometry;

namespace Albireo.Pipeline.Stages;

/// <summary>The plots of one observation in the order of the page.</summary>
internal static class ReportPlots
{
    public const string Finder = "Finder chart";
    public const string Comparison = "Comparison stars";

    /// <summary>All that there may be.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "lightcurve",
        "folded",
        "periodogram",
        "finder",
        "comparisons",
        "raw",
        "systematics",
        "frames",
        "precision",
        "psf",
        "profile",
    ];

    /// <summary>Draws them, several at once.</summary>
    /// <param name="result">What is shown.</param>
    /// <param name="fit">The fit of a transit, if there is one.</param>
    /// <param name="finder">The picture of the finder chart, which may still be under way.</param>
    /// <param name="threads">How many at once.</param>
    public static IReadOnlyList<ReportPlot> Of(ObservationResult result, FitFile? fit, Task<byte[]> finder, int threads)
    {
        var wanted = new List<Func<ReportPlot?>>();
        void Add(string name, string heading, string caption, Func<Figure?> draw) =>
            wanted.Add(() => draw() is { } figure ? ReportPlot.Of(name, heading, caption, figure) : null);
        FluxTable table = result.Fluxes;
        LightCurve? curve = result.Curve;
        if (curve is not null)
        {
            Add("lightcurve", "Light curve", CurveCaption(table, curve, fit), () => CurveFigures.LightCurve(table, curve, fit));
            if (FoldCurve.Shown(table, curve, fit) is { } fold)
            {
                Add("folded", "Folded curve", FoldCaption(fold, curve), () => FoldFigures.Folded(table, curve, fold, fit));
            }
            if (curve.Found is { } found)
            {
                Add("periodogram", "Period search", FoldFigures.Words(found), () => FoldFigures.Periodogram(found));
            }
        }
        Add(
            "finder",
            Finder,
            "The reference frame with the measured stars; solid: aperture, dashed: sky annulus.",
            () => NightFigures.Finder(result, finder.GetAwaiter().GetResult())
        );
        if (curve is not null)
        {
            Add(
                "comparisons",
                Comparison,
                "Each comparison star over the others of the ensemble.",
                () => CurveFigures.Comparisons(table, curve)
            );
            Add(
                "raw",
                "Target and ensemble",
                "Fluxes over their medians before the division, and their quotient.",
                () => CurveFigures.RawDifference(table, curve)
            );
            Add("systematics", "Systematics", "The curve beside what may have shaped it.", () => CurveFigures.Systematics(table, curve));
        }
        Add("frames", "Frame by frame", "Width of the stars, sky and shift against the reference frame.", () => NightFigures.Frames(table));
        if (curve is not null)
        {
            Add(
                "precision",
                "Precision",
                "Point-to-point scatter of every star against its brightness; lines: what noise allows, where gain and read noise are known.",
                () => CurveFigures.Precision(table, curve)
            );
        }
        wanted.Add(() =>
            ProfileFigures.PointSpread(table, curve, result.Reference) is { } psf
                ? ReportPlot.Of(
                    "psf",
                    "Point spread function",
                    "Median of the reference frame's stars, each divided by its sum; circle: the curve's aperture.",
                    psf
                )
                : null
        );
        if (curve is not null)
        {
            Add(
                "profile",
                "Radial profile",
                "Pixels of the target in the reference frame, less the sky.",
                () => ProfileFigures.Radial(table, curve, result.Reference)
            );
        }
        var plots = new ReportPlot?[wanted.Count];
        Workers.Bands(threads).Run(wanted.Count, 1, (i, _, _) => plots[i] = wanted[i]());
        return [.. plots.OfType<ReportPlot>()];
    }

    private static string CurveCaption(FluxTable table, LightCurve curve, FitFile? fit)
    {
        int empty = curve.Used.Count(u => !u);
        int outliers = curve.Flags.Count(f => (f & FluxQuality.Outlier) != FluxQuality.None);
        return $"Relative flux of {table.Stars[curve.Target].Label}; point-to-point scatter {Percent(curve.PointToPointScatter)}"
            + (fit is null ? "." : $", residual scatter {Percent(fit.ResidualScatter)}.")
            + (empty > 0 ? $" {empty} frames are not used; lightcurve.csv says why." : "")
            + (outliers > 0 ? $" {outliers} points are flagged as outliers." : "");
    }

    private static string FoldCaption(FoldedCurve fold, LightCurve curve) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Folded on {fold.PeriodDays:G9} d ({fold.Source}), phase 0 at {fold.T0:F5}; {curve.Nights.Count} {(curve.Nights.Count == 1 ? "night" : "nights")}."
        );

    private static string Percent(double value) =>
        double.IsFinite(value) ? (100 * value).ToString("F3", CultureInfo.InvariantCulture) + " %" : "–";
}
