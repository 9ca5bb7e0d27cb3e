using Albireo.Pipeline.Options;
using Albireo.Pipeline.Stars;
using Albireo.Science.LightCurves;
using Albireo.Science.Photometry;

namespace Albireo.Pipeline.Stages;

/// <summary>The aperture in which the check star, or else the curve, scatters least.</summary>
internal static class ChooseAperture
{
    /// <summary>Index of the aperture and the metric of all.</summary>
    /// <exception cref="AlbireoException">In no aperture is there a curve.</exception>
    public static (int Aperture, double[] Scatter) From(
        FluxTable table,
        EnsembleCandidate[] candidates,
        int target,
        IReadOnlyList<NightFrames> nights,
        CurveOptions options
    )
    {
        ApertureMetric metric = options.Metric switch
        {
            CurveMetric.PointToPoint => ApertureMetric.PointToPoint,
            CurveMetric.Binned => ApertureMetric.Binned,
            CurveMetric.Stddiff => ApertureMetric.StandardDifference,
            CurveMetric.Stability => ApertureMetric.Stability,
            CurveMetric.White => ApertureMetric.WhiteNoise,
        };
        if (!candidates.Any(c => c.Curve.RelativeFlux.Any(double.IsFinite)))
        {
            throw new AlbireoException(Failure.NoResult, WhyEmpty(table, target, candidates[0].Comparisons));
        }
        bool hasCheck = candidates.Any(c => c.Check?.RelativeFlux.Any(double.IsFinite) ?? false);
        double[][] curves = [.. candidates.Select(c => InOrder((hasCheck ? c.Check! : c.Curve).RelativeFlux, nights))];
        double[] scatter = [.. curves.Select(c => ApertureChoice.Measure(c, metric))];
        if (options.Aperture is { } given)
        {
            return (given, scatter);
        }
        // Too few points to judge by: the middle aperture, if it has any.
        int fallback = candidates[candidates.Length / 2].Curve.RelativeFlux.Any(double.IsFinite)
            ? candidates.Length / 2
            : Array.FindIndex(candidates, c => c.Curve.RelativeFlux.Any(double.IsFinite));
        return scatter.Any(double.IsFinite) ? (ApertureChoice.Best(curves, metric, out scatter), scatter) : (fallback, scatter);
    }

    /// <summary>The series as it is judged: each of several nights in units of its own median, so that a step between them does not count.</summary>
    private static double[] InOrder(double[] flux, IReadOnlyList<NightFrames> nights)
    {
        if (nights.Count == 1)
        {
            return flux;
        }
        var series = new List<double>(flux.Length);
        foreach (NightFrames night in nights)
        {
            double[] own = [.. night.Frames.Select(f => flux[f])];
            double median = SeriesStatistics.Median(own);
            series.AddRange(own.Select(f => f / median));
        }
        return [.. series];
    }

    private static string WhyEmpty(FluxTable table, int target, int[] comparisons)
    {
        int measured = table.Frames.Count(f => f.IsMeasured);
        if (measured == 0)
        {
            return "No frame could be measured; inventory.csv and run.json list the reasons.";
        }
        string Star(int star)
        {
            Star s = table.Stars[star];
            int saturated = Enumerable
                .Range(0, table.Frames.Count)
                .Count(f => (table.Flags[table.At(f, star)] & FluxQuality.Saturated) != FluxQuality.None);
            int edge = Enumerable
                .Range(0, table.Frames.Count)
                .Count(f => (table.Flags[table.At(f, star)] & FluxQuality.Edge) != FluxQuality.None);
            return $"{s.Label} at ({s.X:F1}, {s.Y:F1}): saturated in {saturated}, beyond the edge in {edge}";
        }
        return $"In none of the {measured} measured frames are target and comparisons all usable ({string.Join("; ", comparisons.Prepend(target).Select(Star))}); choose other stars.";
    }
}
