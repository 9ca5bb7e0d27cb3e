using System.Globalization;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Report;
using Albireo.Science.LightCurves;
using Albireo.Science.Numerics;

namespace Albireo.Pipeline.Stages;

/// <summary>A curve in a few numbers: what its errors say, what the check star shows, noise that averages out and noise that does not.</summary>
public sealed record CurveStatistics
{
    private static readonly ClipOptions Clip = new() { MaxIterations = 3 };

    public required int Points { get; init; }

    /// <summary>Median of the points' errors, relative; NaN where they are unknown.</summary>
    public required double MedianError { get; init; }

    /// <summary>The same of the check star; NaN without one.</summary>
    public required double MedianCheckError { get; init; }

    /// <summary>2.5 log₁₀(check / ensemble), clipped at 3 σ in 3 rounds; magnitudes. Its count is 0 without a check star.</summary>
    public required ClippedStatistics CheckMagnitude { get; init; }

    /// <summary>σ_w and σ_r of Pont et al. (2006), relative.</summary>
    public required (double White, double Red) Noise { get; init; }

    /// <summary>Whose noise that is: the fit's residuals, the check star, or the curve.</summary>
    public required string NoiseOf { get; init; }

    /// <summary>Mean after less mean before the meridian flip, with its error; NaN where there is not exactly one.</summary>
    public required (double Step, double Error) Flip { get; init; }

    public static CurveStatistics Of(FluxTable table, LightCurve curve, FitFile? fit)
    {
        int[] used =
        [
            .. Enumerable.Range(0, curve.Used.Length).Where(i => curve.Used[i]).OrderBy(i => table.Frames[i].MidUtc!.Value.Value),
        ];
        double[] Of(double[] values) => [.. used.Select(i => values[i])];
        double[] residuals = fit is null
            ? []
            : [.. used.Select(i => fit.Frames.TryGetValue(table.Frames[i].Info.Name, out var m) ? m.Residual : double.NaN)];
        bool[] west = [.. used.Select(i => table.Frames[i].Info.PierSide?.Value == "west")];
        bool isKnown = used.All(i => table.Frames[i].Info.PierSide is not null);
        return new CurveStatistics
        {
            Points = used.Length,
            MedianError = SeriesStatistics.Median(Of(curve.RelativeFluxError)),
            MedianCheckError = curve.Check is null ? double.NaN : SeriesStatistics.Median(Of(curve.CheckRelativeFluxError)),
            CheckMagnitude = Magnitude(curve),
            Noise = NoiseStatistics.WhiteAndRed(
                fit is not null ? residuals
                : curve.Check is not null ? Of(curve.CheckRelativeFlux)
                : Of(curve.RelativeFlux)
            ),
            NoiseOf =
                fit is not null ? "residuals of the fit"
                : curve.Check is not null ? "check star"
                : "curve, eclipse included",
            Flip = isKnown ? LightCurveShape.FlipStep(fit is null ? Of(curve.RelativeFlux) : residuals, west) : (double.NaN, double.NaN),
        };
    }

    /// <summary>What the check star shows, in a line; null without one.</summary>
    public string? CheckLine() =>
        CheckMagnitude.Count == 0
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"check star: 2.5 log10(check/ensemble) mean {CheckMagnitude.Mean:F4}, median {CheckMagnitude.Median:F4}, standard deviation {CheckMagnitude.StandardDeviation:F4} mag"
            )
                + (
                    double.IsFinite(MedianError)
                        ? string.Create(
                            CultureInfo.InvariantCulture,
                            $"; median error of the target {100 * MedianError:F3} %, of the check star {100 * MedianCheckError:F3} %"
                        )
                        : ""
                );

    /// <summary>As the report shows it.</summary>
    public ReportTable Rows()
    {
        var rows = new List<IReadOnlyList<string?>> { (string[])["points used", Points.ToString(CultureInfo.InvariantCulture), ""] };
        void Add(string what, double value, string format, string unit, double error = double.NaN)
        {
            if (double.IsFinite(value))
            {
                string text = CsvText.Number(value, format);
                rows.Add((string[])[what, double.IsFinite(error) ? $"{text} ± {CsvText.Number(error, format)}" : text, unit]);
            }
        }
        Add("median error of a point", 100 * MedianError, "F3", "%");
        Add("median error of the check star", 100 * MedianCheckError, "F3", "%");
        Add("check star, 2.5 log₁₀(check/ensemble): mean", CheckMagnitude.Mean, "F4", "mag");
        Add("the same: median", CheckMagnitude.Median, "F4", "mag");
        Add("the same: standard deviation", CheckMagnitude.StandardDeviation, "F4", "mag");
        Add($"white noise a point ({NoiseOf})", 100 * Noise.White, "F3", "%");
        Add($"red noise ({NoiseOf})", 100 * Noise.Red, "F3", "%");
        Add("step at the meridian flip", 100 * Flip.Step, "F3", "%", 100 * Flip.Error);
        return new ReportTable("The curve in numbers", ["", "value", "unit"], rows)
        {
            Note =
                "The check star is clipped at 3 σ, three times. White noise falls with the number of points that are averaged, red noise does not (Pont, Zucker & Queloz 2006).",
        };
    }

    private static ClippedStatistics Magnitude(LightCurve curve)
    {
        // About the median, so that single precision keeps every digit that matters.
        double middle = 2.5 * Math.Log10(curve.CheckLevel);
        float[] about = [.. curve.CheckRelativeFlux.Select(f => (float)(2.5 * Math.Log10(f)))];
        ClippedStatistics statistics = ClippedStatistics.Of(about, Clip);
        return statistics with { Mean = statistics.Mean + middle, Median = statistics.Median + middle };
    }
}
