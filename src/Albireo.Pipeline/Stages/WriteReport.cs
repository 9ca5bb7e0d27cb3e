using System.Globalization;
using Albireo.Pipeline.Plots;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Report;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stars;

namespace Albireo.Pipeline.Stages;

/// <summary>The stage <c>report</c>: the plots and report.html of one observation, from its tables alone.</summary>
public static class WriteReport
{
    /// <summary>At the end of a reduction.</summary>
    public static void Run(ObservationResult result, Masters masters, ReductionRequest request, RunContext run) =>
        Run(result, [.. masters.All.Select(MasterSummary.Of)], request, run.Notices, run);

    /// <summary>From what OUT remembers.</summary>
    /// <param name="result">Tables, curve, reference picture.</param>
    /// <param name="masters">Of the night.</param>
    /// <param name="request">For the command line that gives the same again.</param>
    /// <param name="notices">What a reader must know.</param>
    /// <param name="run">Where products go.</param>
    public static void Run(
        ObservationResult result,
        IReadOnlyList<MasterSummary> masters,
        ReductionRequest request,
        IReadOnlyList<string> notices,
        RunContext run
    )
    {
        Figure finder = NightFigures.Finder(result);
        Figure? curve = result.Curve is null ? null : NightFigures.LightCurve(result.Fluxes, result.Curve);
        Figure frames = NightFigures.Frames(result.Fluxes);
        TextProduct.Write(run.Output.At(result.Folder, "plots", "finder.svg"), SvgWriter.Write(finder));
        TextProduct.Write(
            run.Output.At(result.Folder, "plots", "finder.png"),
            stream => stream.Write(FinderChart.Pixels(result.Reference.Picture, NightFigures.FinderOptions(result)))
        );
        TextProduct.Write(run.Output.At(result.Folder, "plots", "frames.svg"), SvgWriter.Write(frames));
        if (curve is not null)
        {
            TextProduct.Write(run.Output.At(result.Folder, "plots", "lightcurve.svg"), SvgWriter.Write(curve));
        }
        ReportContent content = Content(result, masters, request, notices, finder, curve, frames);
        TextProduct.Write(run.Output.At(result.Folder, "report.html"), HtmlReport.Write(content));
    }

    private static ReportContent Content(
        ObservationResult result,
        IReadOnlyList<MasterSummary> masters,
        ReductionRequest request,
        IReadOnlyList<string> notices,
        Figure finder,
        Figure? curve,
        Figure frames
    )
    {
        FluxTable table = result.Fluxes;
        var sections = new List<ReportSection>();
        if (curve is not null)
        {
            sections.Add(
                new ReportSection("Light curve")
                {
                    Figures = [new ReportFigure(curve, CurveCaption(table, result.Curve!)) { FileName = "plots/lightcurve.svg" }],
                }
            );
        }
        sections.Add(
            new ReportSection("Finder chart")
            {
                Figures =
                [
                    new ReportFigure(finder, "The reference frame with the measured stars; solid: aperture, dashed: sky annulus.")
                    {
                        FileName = "plots/finder.svg",
                    },
                ],
                Tables = [StarRows(result)],
            }
        );
        sections.Add(
            new ReportSection("Frame by frame")
            {
                Figures =
                [
                    new ReportFigure(frames, "Width of the stars, sky and shift against the reference frame.")
                    {
                        FileName = "plots/frames.svg",
                    },
                ],
            }
        );
        if (result.Curve is { } c)
        {
            sections.Add(new ReportSection("Apertures") { Tables = [ApertureRows(table, c)] });
        }
        if (masters.Count > 0)
        {
            sections.Add(new ReportSection("Masters") { Tables = [MasterRows(masters)] });
        }
        var leftOut = table.Frames.Where(f => !f.IsMeasured).ToList();
        return new ReportContent
        {
            Title = result.Observation.Target ?? "Light curve",
            Subtitle = string.Join(" · ", result.Observation.Words().Skip(result.Observation.Target is null ? 0 : 1)),
            KeyFacts = KeyFacts(result),
            Summary = Summary(result, masters),
            Notices = [.. Notices(result).Concat(notices).Distinct()],
            Sections = sections,
            FramesLeftOut =
                leftOut.Count == 0
                    ? null
                    : new ReportTable(
                        "Frames left out",
                        ["frame", "by", "reason"],
                        [.. leftOut.Select(f => (IReadOnlyList<string?>)[f.Info.Name, f.StoppedBy, f.Reason])]
                    ),
            CommandLine = CommandLine.Of(request),
            Versions = [new ReportFact("program", ProgramVersion.Text)],
            Citations = Citations,
        };
    }

    private static readonly string[] Citations =
    [
        "Bertin, E. & Arnouts, S. 1996, A&AS 117, 393 (SExtractor: background mesh, detection, windowed centroids)",
        "Merline, W. J. & Howell, S. B. 1995, Exp. Astron. 6, 163 (CCD equation)",
        "Howell, S. B. 1989, PASP 101, 616 (aperture photometry and its errors)",
    ];

    private static List<ReportFact> KeyFacts(ObservationResult result)
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
        double[] widths = [.. table.Frames.Where(f => f.Profile is not null).Select(f => f.Profile!.Value.Fwhm)];
        if (widths.Length > 0)
        {
            facts.Add(new ReportFact("FWHM", Number(Science.LightCurves.SeriesStatistics.Median(widths), "F2") + " px", "median"));
        }
        return facts;
    }

    private static List<string> Summary(ObservationResult result, IReadOnlyList<MasterSummary> masters)
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
            sentences.Add(
                $"The curve is {table.Stars[curve.Target].Label} over the sum of {string.Join(", ", curve.Comparisons.Select(c => table.Stars[c].Label))}; the aperture is the one in which {(curve.Check is null ? "the curve" : "the check star")} scatters least from point to point."
            );
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
    }

    private static string CurveCaption(FluxTable table, LightCurve curve)
    {
        int flagged = Enumerable.Range(0, curve.Flags.Length).Count(i => !curve.Used[i]);
        return $"Relative flux of {table.Stars[curve.Target].Label}; point-to-point scatter {Percent(curve.PointToPointScatter)}."
            + (flagged > 0 ? $" {flagged} frames carry no value; lightcurve.csv says why." : "");
    }

    private static ReportTable StarRows(ObservationResult result) =>
        new(
            "Stars in use",
            ["id", "role", "x", "y", "peak (ADU)", "name"],
            [
                .. result
                    .Stars.Where(s => s.Role != StarRole.Field || (result.Curve?.Comparisons.Contains(s.Id) ?? false))
                    .Select(s =>
                        (IReadOnlyList<string?>)
                            [
                                "#" + s.Id.ToString(CultureInfo.InvariantCulture),
                                s.Role == StarRole.Field ? "comparison (chosen)" : s.Role.ToString().ToLowerInvariant(),
                                Number(s.X, "F2"),
                                Number(s.Y, "F2"),
                                Number(s.Peak, "F0"),
                                s.Name,
                            ]
                    ),
            ]
        );

    private static ReportTable ApertureRows(FluxTable table, LightCurve curve) =>
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

    private static ReportTable MasterRows(IReadOnlyList<MasterSummary> masters) =>
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

    private static string Percent(double value) => double.IsFinite(value) ? Number(100 * value, "F3") + " %" : "–";

    private static string Number(double value, string format) =>
        double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "–";
}
