using System.Globalization;
using Albireo.Pipeline.Plots;
using Albireo.Pipeline.Products;
using Albireo.Science.Photometry;

namespace Albireo.Pipeline.Stages;

/// <summary>The plots of one observation in the order of the page.</summary>
internal static class ReportPlots
{
    public const string Finder = "Finder chart";
    public const string Comparison = "Comparison stars";

    public static IReadOnlyList<ReportPlot> Of(ObservationResult result, FitFile? fit)
    {
        var plots = new List<ReportPlot>();
        void Add(string name, string heading, string caption, Figure? figure)
        {
            if (figure is not null)
            {
                plots.Add(ReportPlot.Of(name, heading, caption, figure));
            }
        }
        FluxTable table = result.Fluxes;
        LightCurve? curve = result.Curve;
        if (curve is not null)
        {
            Add("lightcurve", "Light curve", CurveCaption(table, curve, fit), CurveFigures.LightCurve(table, curve, fit));
            if (FoldCurve.Shown(table, curve, fit) is { } fold)
            {
                Add("folded", "Folded curve", FoldCaption(fold, curve), FoldFigures.Folded(table, curve, fold, fit));
            }
            if (curve.Found is { } found)
            {
                Add("periodogram", "Period search", FoldFigures.Words(found), FoldFigures.Periodogram(found));
            }
        }
        Add(
            "finder",
            Finder,
            "The reference frame with the measured stars; solid: aperture, dashed: sky annulus.",
            NightFigures.Finder(result)
        );
        if (curve is not null)
        {
            Add("comparisons", Comparison, "Each comparison star over the others of the ensemble.", CurveFigures.Comparisons(table, curve));
            Add(
                "raw",
                "Target and ensemble",
                "Fluxes over their medians before the division, and their quotient.",
                CurveFigures.RawDifference(table, curve)
            );
            Add("systematics", "Systematics", "The curve beside what may have shaped it.", CurveFigures.Systematics(table, curve));
        }
        Add("frames", "Frame by frame", "Width of the stars, sky and shift against the reference frame.", NightFigures.Frames(table));
        if (curve is not null)
        {
            Add(
                "precision",
                "Precision",
                "Point-to-point scatter of every star against its brightness; lines: what noise allows, where gain and read noise are known.",
                CurveFigures.Precision(table, curve)
            );
        }
        if (ProfileFigures.PointSpread(table, curve, result.Reference) is { } psf)
        {
            plots.Add(
                ReportPlot.Of(
                    "psf",
                    "Point spread function",
                    "Median of the reference frame's stars, each divided by its sum; circle: the curve's aperture.",
                    psf
                )
            );
        }
        if (curve is not null)
        {
            Add(
                "profile",
                "Radial profile",
                "Pixels of the target in the reference frame, less the sky.",
                ProfileFigures.Radial(table, curve, result.Reference)
            );
        }
        return plots;
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
