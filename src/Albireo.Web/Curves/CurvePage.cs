using Albireo.Pipeline;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Stages;
using Albireo.Science.LightCurves;
using Albireo.Science.Photometry;
using Albireo.Web.Intake;

namespace Albireo.Web.Curves;

/// <summary>The observation, its curve and what was said of it.</summary>
public sealed record CurvePage
{
    public required string Version { get; init; }
    public required string Label { get; init; }
    public required string ReferenceId { get; init; }
    public required string ReferenceName { get; init; }

    /// <summary>As the command line prints them.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];
    public IReadOnlyList<string> Notices { get; init; } = [];
    public string? Problem { get; init; }
    public required IReadOnlyList<PageStar> Stars { get; init; }
    public required IReadOnlyList<PageFrame> Frames { get; init; }
    public required IReadOnlyList<double> Radii { get; init; }
    public required string RadiusUnit { get; init; }
    public required string FluxUnit { get; init; }
    public int? Target { get; init; }
    public IReadOnlyList<int> Comparisons { get; init; } = [];
    public int? Check { get; init; }

    /// <summary>Whether the program chose the comparisons.</summary>
    public bool Chosen { get; init; }
    public int? Aperture { get; init; }
    public bool ApertureChosen { get; init; }
    public string? Metric { get; init; }
    public IReadOnlyList<double> ScatterByAperture { get; init; } = [];

    /// <summary>Whether it is folded on a period, and whether a period was searched for.</summary>
    public bool Folded { get; init; }
    public bool Searched { get; init; }

    /// <summary>Relative, of the used points.</summary>
    public double? PointToPointScatter { get; init; }
    public int UsedPoints { get; init; }
    public string? TrendFormula { get; init; }
    public IReadOnlyList<PageVerdict> Verdicts { get; init; } = [];
    public PageFit? Fit { get; init; }

    /// <summary>Every setting that differs from the defaults, as for <c>--set</c>.</summary>
    public IReadOnlyList<PageSetting> Settings { get; init; } = [];

    /// <summary>What to type for the same from raw frames.</summary>
    public required string Command { get; init; }

    internal static CurvePage Of(ObservationView view)
    {
        FluxTable table = view.Stored.Fluxes;
        LightCurve? curve = view.Curve;
        CurveOptions options = view.Recipe.Curve;
        ReductionRequest request = view.Memory.Request with { Settings = RunMemory.NotDefault(view.Recipe) };
        var page = new CurvePage
        {
            Version = view.Version,
            Label = string.Join(" · ", view.Stored.Observation.Words().Select(SafeText.OneLine)),
            ReferenceId = FrameId.Of(view.Stored.ReferenceInfo.Path),
            ReferenceName = SafeText.OneLine(view.Stored.ReferenceInfo.Name),
            Notices = [.. view.Memory.Notices.Select(SafeText.OneLine)],
            Problem = view.Problem,
            Stars =
            [
                .. table.Stars.Select(s => new PageStar(
                    s.Id,
                    s.X,
                    s.Y,
                    s.Role.ToString().ToLowerInvariant(),
                    s.Name,
                    s.Flux,
                    s.Peak,
                    s.IsSaturated
                )),
            ],
            Frames = [.. table.Frames.Select((f, i) => Frame(f, i, curve, options))],
            Radii = table.Radii,
            RadiusUnit = table.RadiusUnit,
            FluxUnit = table.FluxUnit,
            Settings = [.. RunMemory.NotDefault(view.Recipe).Select(s => new PageSetting(s.Key, s.Values))],
            Command = CommandLine.Of(request),
        };
        return curve is null
            ? page
            : page with
            {
                Lines = [.. view.Summary().Select(SafeText.OneLine)],
                Target = curve.Target,
                Comparisons = curve.Comparisons,
                Check = curve.Check,
                Chosen = curve.IsChosen,
                Aperture = curve.Aperture,
                ApertureChosen = options.Aperture is null,
                Metric = WriteReport.MetricWords(curve),
                Folded = FoldCurve.Shown(table, curve, view.Fit) is not null,
                Searched = curve.Found is not null,
                ScatterByAperture = curve.ScatterByAperture,
                PointToPointScatter = curve.PointToPointScatter,
                UsedPoints = curve.Used.Count(u => u),
                TrendFormula = curve.TrendFormula,
                Verdicts = [.. curve.Verdicts.Select(v => Verdict(v, table, curve, options))],
                Fit = view.Fit is { } fit ? Fitted(fit) : null,
            };
    }

    private static PageFrame Frame(FrameRow row, int i, LightCurve? curve, CurveOptions options) =>
        new(
            FrameId.Of(row.Info.Path),
            SafeText.OneLine(row.Info.Name),
            row.IsMeasured,
            row.Reason is null ? null : SafeText.OneLine($"{row.StoppedBy}: {row.Reason}"),
            curve?.Used[i] ?? false,
            options.Excludes(row.Info.Name),
            curve?.Flags[i].Text() ?? "",
            (row.MidBarycentric ?? row.MidUtc)?.Value ?? double.NaN,
            curve?.RelativeFlux[i] ?? double.NaN,
            curve?.RelativeFluxError[i] ?? double.NaN,
            row.Profile?.Fwhm ?? double.NaN,
            row.Sky ?? double.NaN,
            row.Airmass ?? double.NaN
        );

    private static PageVerdict Verdict(StarVerdict verdict, FluxTable table, LightCurve curve, CurveOptions options)
    {
        int place = curve.Comparisons.ToList().IndexOf(verdict.Star);
        (double scatter, double change) =
            place >= 0 && place < curve.LeaveOneOut.Count ? curve.LeaveOneOut[place] : (double.NaN, double.NaN);
        return new PageVerdict(
            verdict.Star,
            place >= 0 ? $"C{place + 1}" : $"#{verdict.Star}",
            verdict.IsComparison,
            verdict.Reason,
            verdict.Weight,
            verdict.Scatter,
            verdict.Trend,
            scatter,
            change,
            options.Ban.Contains(verdict.Star),
            options.Lock.Contains(verdict.Star)
        );
    }

    private static PageFit Fitted(FitFile fit) =>
        new(
            fit.Planet,
            fit.Values,
            fit.ResidualScatter,
            fit.BetaRed,
            fit.Bic,
            fit.BicNoTransit,
            fit.Converged,
            fit.Points,
            fit.Ephemeris?.Minutes,
            fit.Ephemeris?.ErrorMinutes,
            [.. fit.Doubts.Select(SafeText.OneLine)]
        );
}
