using System.Globalization;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Report;
using Albireo.Pipeline.Stars;

namespace Albireo.Pipeline.Stages;

/// <summary>The tables of report.html.</summary>
internal static class ReportTables
{
    private const int MostVerdicts = 40;
    private static readonly string[] StarColumns = ["id", "role", "x", "y", "peak (ADU)", "name"];

    public static ReportTable Fit(FitFile fit) =>
        new(
            $"Fitted transit{(fit.Planet is { } planet ? " of " + planet : "")}",
            ["parameter", "value", "−", "+", "unit", "prior"],
            [
                .. fit.Values.Select(v =>
                    (IReadOnlyList<string?>)
                        [
                            v.Name,
                            Number(v.Value, v.Name == "tc" ? "F6" : "G6"),
                            v.Prior == "held" ? null : Number(v.ErrorMinus, "G2"),
                            v.Prior == "held" ? null : Number(v.ErrorPlus, "G2"),
                            v.Unit,
                            v.Prior,
                        ]
                ),
            ]
        )
        {
            Note =
                $"{fit.Points} points, residual scatter {Percent(fit.ResidualScatter)}, red noise β {Number(fit.BetaRed, "F2")}, BIC {Number(fit.Bic, "F1")} against {Number(fit.BicNoTransit, "F1")} without a transit, sampler {(fit.Converged ? "converged" : "not converged")}."
                + (
                    fit.Ephemeris is { } e
                        ? $" O−C {Number(e.Minutes, "F2")} ± {Number(e.ErrorMinutes, "F2")} min at epoch {Number(e.Epoch, "F0")}."
                        : ""
                ),
        };

    public static ReportTable Verdicts(FluxTable table, LightCurve curve) =>
        new(
            "Comparison stars, in and out",
            [
                "star",
                "id",
                "weight (%)",
                "scatter (%)",
                "trend (%)",
                "curve without it (%)",
                curve.Colours is { } colours ? $"Δ({colours.Name})" : "Δ colour",
                "why",
            ],
            [
                .. curve
                    .Verdicts.Where(v => v.Star != curve.Target)
                    .Take(MostVerdicts)
                    .Select(v =>
                    {
                        int c = curve.Comparisons.ToList().IndexOf(v.Star);
                        return (IReadOnlyList<string?>)
                            [
                                c < 0 ? null : $"C{c + 1}",
                                "#" + v.Star.ToString(CultureInfo.InvariantCulture),
                                v.IsComparison ? Number(100 * v.Weight, "F1") : null,
                                double.IsFinite(v.Scatter) ? Number(100 * v.Scatter, "F3") : null,
                                double.IsFinite(v.Trend) ? Number(100 * v.Trend, "F3") : null,
                                c >= 0 && c < curve.LeaveOneOut.Count && double.IsFinite(curve.LeaveOneOut[c].Scatter)
                                    ? Number(100 * curve.LeaveOneOut[c].Scatter, "F3")
                                    : null,
                                double.IsFinite(curve.ColourDifference(v.Star)) ? Number(curve.ColourDifference(v.Star), "F2") : null,
                                v.Reason,
                            ];
                    }),
            ]
        )
        {
            Note =
                "Scatter and trend are against the other comparisons; then the curve's point-to-point scatter without the star, and how much redder than the target it is."
                + (
                    curve.Verdicts.Count > MostVerdicts + 1
                        ? $" These are the first {MostVerdicts} of {curve.Verdicts.Count - 1} stars; comparisons.csv has all."
                        : ""
                ),
        };

    /// <summary>How the time of the reference frame came about.</summary>
    public static ReportTable? TimeAudit(ObservationResult result) =>
        LateStages.TimeOf(result.Reference.Frame.Info, result.Fluxes.Target, result.Fluxes.Site) is not { } audit
            ? null
            : new ReportTable(
                $"Time of {result.Reference.Frame.Info.Name}: {audit.Keyword} = {audit.RawText}",
                ["time", "Julian date", "seconds added", "why"],
                [
                    .. audit.Steps.Select(s =>
                        (IReadOnlyList<string?>)
                            [s.Name, s.Instant.ToDecimal(9), s.Seconds.ToString("F6", CultureInfo.InvariantCulture), s.Reason]
                    ),
                ]
            )
            {
                Note = string.Join(' ', audit.Doubts),
            };

    /// <summary>The stars of the curve; without a target those that could be one.</summary>
    public static ReportTable Stars(ObservationResult result)
    {
        List<Star> inUse = result
            .Stars.Where(s => s.Role != StarRole.Field || (result.Curve?.Comparisons.Contains(s.Id) ?? false))
            .ToList();
        return inUse.Count == 0
            ? new ReportTable(
                "The brightest unsaturated stars",
                StarColumns,
                [.. ReductionSummary.BrightestStars(result).Select(s => Row(s, null))]
            )
            {
                Note = "No target was named: --target X,Y or RA,DEC makes a light curve of one.",
            }
            : new ReportTable(
                "Stars in use",
                StarColumns,
                [.. inUse.Select(s => Row(s, s.Role == StarRole.Field ? "comparison (chosen)" : s.Role.ToString().ToLowerInvariant()))]
            );
    }

    public static ReportTable Apertures(FluxTable table, LightCurve curve) =>
        new(
            $"Point-to-point scatter of {(curve.Check is null ? "the curve" : "the check star")} by aperture radius ({table.RadiusUnit})",
            ["radius", "scatter", "chosen"],
            [
                .. table.Radii.Select(
                    (r, i) =>
                        (IReadOnlyList<string?>)[Number(r, "0.###"), Percent(curve.ScatterByAperture[i]), i == curve.Aperture ? "✓" : null]
                ),
            ]
        );

    public static ReportTable MasterFrames(IReadOnlyList<MasterSummary> masters) =>
        new(
            "Master frames",
            ["file", "frames", "exposure (s)", "filter"],
            [
                .. masters.Select(m =>
                    (IReadOnlyList<string?>)
                        [
                            m.Name,
                            m.FrameCount.ToString(CultureInfo.InvariantCulture),
                            double.IsFinite(m.ExposureSeconds) ? Number(m.ExposureSeconds, "G6") : null,
                            m.Filter,
                        ]
                ),
            ]
        );

    public static string Percent(double value) => double.IsFinite(value) ? Number(100 * value, "F3") + " %" : "–";

    public static string Number(double value, string format) =>
        double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "–";

    private static IReadOnlyList<string?> Row(Star star, string? role) =>
        [
            "#" + star.Id.ToString(CultureInfo.InvariantCulture),
            role,
            Number(star.X, "F2"),
            Number(star.Y, "F2"),
            Number(star.Peak, "F0"),
            star.Name,
        ];
}
