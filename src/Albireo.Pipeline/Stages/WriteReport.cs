using System.Globalization;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Plots;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Report;
using Albireo.Pipeline.Runs;
using Albireo.Science.Transits;
using static Albireo.Pipeline.Stages.ReportTables;

namespace Albireo.Pipeline.Stages;

/// <summary>The stage <c>report</c>: the plots and report.html of one observation, from its tables alone.</summary>
public static class WriteReport
{
    /// <summary>At the end of a reduction.</summary>
    public static void Run(ObservationResult result, Task<byte[]> finder, Masters masters, ReductionRequest request, RunContext run) =>
        Run(result, [.. masters.All.Select(MasterSummary.Of)], request, run.Notices, run, finder);

    /// <summary>Begins with what takes longest and needs the reference frame alone: the picture of the finder chart.</summary>
    public static Task<byte[]> BeginFinder(ReferenceFrame reference) => Task.Run(() => NightFigures.FinderPicture(reference));

    /// <summary>From what OUT remembers.</summary>
    /// <param name="result">Tables, curve, reference picture.</param>
    /// <param name="masters">Of the night.</param>
    /// <param name="request">For the command line that gives the same again.</param>
    /// <param name="notices">What a reader must know.</param>
    /// <param name="run">Where products go.</param>
    /// <param name="finder">What <see cref="BeginFinder"/> has begun; null: it is begun here.</param>
    public static void Run(
        ObservationResult result,
        IReadOnlyList<MasterSummary> masters,
        ReductionRequest request,
        IReadOnlyList<string> notices,
        RunContext run,
        Task<byte[]>? finder = null
    )
    {
        finder ??= BeginFinder(result.Reference);
        FitFile? fit = result.Curve is null ? null : FitFile.Read(Path.GetDirectoryName(run.Output.At(result.Folder, "fit.json"))!);
        void Keep(string name, string? text)
        {
            string path = run.Output.At(result.Folder, name);
            if (text is null)
            {
                File.Delete(path); // of a curve that was folded before
            }
            else
            {
                TextProduct.Write(path, text);
            }
        }
        if (result.Curve is { } curve)
        {
            Keep("comparisons.csv", ComparisonsCsv.Text(result.Fluxes, curve));
            FoldedCurve? fold = FoldCurve.Shown(result.Fluxes, curve, fit);
            Keep("folded.csv", fold is null ? null : FoldedCsv.Text(result.Fluxes, curve, fold, fit));
            Keep("periodogram.csv", curve.Found is null ? null : FoldedCsv.Text(curve.Found));
        }
        IReadOnlyList<ReportPlot> plots = ReportPlots.Of(result, fit, finder, run.Limits.Threads);
        byte[] picture = finder.GetAwaiter().GetResult();
        TextProduct.Write(run.Output.At(result.Folder, "plots", "finder.png"), stream => stream.Write(picture));
        foreach (ReportPlot plot in plots)
        {
            TextProduct.Write(run.Output.At(result.Folder, "plots", plot.Name + ".svg"), plot.Svg);
        }
        foreach (string gone in ReportPlots.Names.Except(plots.Select(p => p.Name)))
        {
            File.Delete(run.Output.At(result.Folder, "plots", gone + ".svg")); // of an earlier curve
        }
        IReadOnlyList<Citation> citations = Citation.Of(result.Curve, fit);
        TextProduct.Write(run.Output.At(result.Folder, "citations.bib"), Citation.BibTeX(citations));
        List<ReportSection> sections =
        [
            .. plots.Select(p => new ReportSection(p.Heading)
            {
                Figures = [p.Sheet],
                Tables = p.Heading switch
                {
                    ReportPlots.Finder => [ReportTables.Stars(result)],
                    ReportPlots.Comparison => [Verdicts(result.Fluxes, result.Curve!)],
                    _ => [],
                },
            }),
        ];
        ReportContent content = Content(
            result,
            masters,
            request,
            notices,
            fit,
            sections,
            ReportLeftOut.Of(result.Fluxes, run.Output.Path),
            citations
        );
        TextProduct.Write(run.Output.At(result.Folder, "report.html"), HtmlReport.Write(content));
    }

    private static ReportContent Content(
        ObservationResult result,
        IReadOnlyList<MasterSummary> masters,
        ReductionRequest request,
        IReadOnlyList<string> notices,
        FitFile? fit,
        List<ReportSection> sections,
        ReportTable? leftOut,
        IReadOnlyList<Citation> citations
    )
    {
        FluxTable table = result.Fluxes;
        if (result.Curve is { Comparisons.Count: 1 })
        {
            sections.Insert(2, new ReportSection(ReportPlots.Comparison) { Tables = [Verdicts(table, result.Curve)] });
        }
        if (result.Curve is { } c)
        {
            sections.Add(new ReportSection("Statistics") { Tables = [CurveStatistics.Of(table, c, fit).Rows()] });
            sections.Add(new ReportSection("Apertures") { Tables = [Apertures(table, c)] });
        }
        if (masters.Count > 0)
        {
            sections.Add(new ReportSection("Masters") { Tables = [MasterFrames(masters)] });
        }
        return new ReportContent
        {
            Title = result.Observation.Target ?? "Light curve",
            Subtitle = string.Join(" · ", result.Observation.Words().Skip(result.Observation.Target is null ? 0 : 1)),
            KeyFacts = KeyFacts(result, fit),
            Results = fit is null ? null : Fit(fit),
            Summary = Summary(result, masters, fit),
            Notices = [.. Notices(result).Concat(notices).Distinct()],
            Sections = sections,
            FramesLeftOut = leftOut,
            CommandLine = CommandLine.Of(request),
            Versions = [new ReportFact("program", ProgramVersion.Text)],
            TimeAudit = TimeAudit(result),
            Citations = [.. citations.Select(c => c.Text)],
        };
    }

    private static List<ReportFact> KeyFacts(ObservationResult result, FitFile? fit)
    {
        FluxTable table = result.Fluxes;
        var facts = new List<ReportFact>
        {
            new("frames measured", $"{table.Frames.Count(f => f.IsMeasured)} of {table.Frames.Count}"),
            new("stars", table.Stars.Count.ToString(CultureInfo.InvariantCulture)),
        };
        if (result.Curve is { } curve)
        {
            facts.Insert(0, new ReportFact("scatter", Percent(curve.PointToPointScatter), "point to point"));
            facts.Add(new ReportFact("aperture", Number(table.Radii[curve.Aperture], "0.##") + " " + table.RadiusUnit, "radius"));
        }
        if (fit?["tc"] is { } middle)
        {
            string Error(FittedValue v, string format) => v.Prior == "held" ? "held" : "± " + Number(v.Error, format);
            FittedValue radius = fit["rp_rs"]!;
            facts.Insert(0, new ReportFact("mid-transit", Number(middle.Value, "F5"), $"BJD_TDB {Error(middle, "F5")}"));
            facts.Insert(1, new ReportFact("Rp/R*", Number(radius.Value, "F4"), Error(radius, "F4")));
        }
        double[] widths = [.. table.Frames.Where(f => f.Profile is not null).Select(f => f.Profile!.Value.Fwhm)];
        if (widths.Length > 0)
        {
            facts.Add(new ReportFact("FWHM", Number(Science.LightCurves.SeriesStatistics.Median(widths), "F2") + " px", "median"));
        }
        return facts;
    }

    private static List<string> Summary(ObservationResult result, IReadOnlyList<MasterSummary> masters, FitFile? fit)
    {
        FluxTable table = result.Fluxes;
        var sentences = new List<string>
        {
            masters.Count == 0
                ? "The frames were measured as they are."
                : $"The frames were calibrated with {string.Join(", ", masters.Select(m => m.Name))}.",
            $"Stars were measured in {table.Radii.Count} circular apertures on the pixels as they are, at positions mapped from the reference frame {result.Reference.Frame.Info.Name} and re-centred within bounds; the sky comes from an annulus around each star.",
        };
        if (result.Curve is { } curve)
        {
            string whole = curve.Weights.All(w => w == 1) ? "the sum" : "the sum, weighted by inverse variance,";
            sentences.Add(
                $"The curve is {table.Stars[curve.Target].Label} over {whole} of {string.Join(", ", curve.Comparisons.Select(c => table.Stars[c].Name ?? $"#{c}"))}{(curve.IsChosen ? ", which the program chose" : "")}; the aperture is the one in which {(curve.Check is null ? "the curve" : "the check star")} has the least {MetricWords(curve)}."
            );
            if (curve.TrendFormula is { } trend)
            {
                sentences.Add($"Taken off the curve: {trend}.");
            }
        }
        if (fit is not null)
        {
            sentences.AddRange(fit.Doubts);
        }
        return sentences;
    }

    private static IEnumerable<string> Notices(ObservationResult result)
    {
        IEnumerable<FrameNoise> noises = result.Fluxes.Frames.Select(f => f.Noise).OfType<FrameNoise>();
        if (noises.All(n => n.Detector.GainElectronsPerAdu is null))
        {
            yield return "The gain is unknown: fluxes are in ADU and have no error bars; the curve's own scatter serves instead. Give it with --set detector.gain=.";
        }
        else if (noises.All(n => !n.Detector.HasNoiseModel))
        {
            yield return "The read noise is unknown: there are no error bars. Give it with --set detector.read-noise=.";
        }
        if (result.Fluxes.Frames.All(f => f.MidBarycentric is null))
        {
            yield return "Barycentric times are missing: they need the target's coordinates (--sky) and the site (--site).";
        }
        if (result.Curve is { IsChosen: true } curve && !double.IsFinite(curve.Colours?.Values[curve.Target] ?? double.NaN))
        {
            if (result.Fluxes.Stars.Any(s => s.Magnitudes.Count > 1))
            {
                yield return "The target's colour is not known, so the comparisons were chosen without regard to colour; give its magnitudes in two bands in --stars.";
            }
        }
    }

    internal static string MetricWords(LightCurve curve) =>
        curve.Metric switch
        {
            CurveMetric.PointToPoint => "scatter from point to point",
            CurveMetric.Binned => "scatter within groups of 12 points",
            CurveMetric.Stddiff => "standard deviation of first differences",
            CurveMetric.Stability => "mean first difference",
            CurveMetric.White => "white noise",
        };
}
