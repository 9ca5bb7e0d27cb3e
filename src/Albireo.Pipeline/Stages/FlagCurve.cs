using Albireo.Pipeline.Options;
using Albireo.Science.LightCurves;
using Albireo.Science.Photometry;

namespace Albireo.Pipeline.Stages;

/// <summary>Says of each point of a curve what may be wrong with it, and whether it is used.</summary>
public static class FlagCurve
{
    /// <summary>Which frames carry a value, and why the others do not.</summary>
    public static (FluxQuality[] Flags, bool[] Used) Run(
        FluxTable table,
        DifferentialCurve curve,
        int target,
        IReadOnlyList<NightFrames> nights,
        CurveOptions options
    )
    {
        var flags = new FluxQuality[table.Frames.Count];
        bool[] used = new bool[table.Frames.Count];
        bool[] outliers = new bool[flags.Length];
        double[] clear = new double[flags.Length];
        foreach (NightFrames night in nights)
        {
            if (options.OutlierSigma > 0)
            {
                MarkOutliers(table, curve, night, options, outliers);
            }
            double best = options.CloudLimit * BestTenth([.. night.Frames.Select(f => curve.EnsembleFlux[f])]);
            foreach (int frame in night.Frames)
            {
                clear[frame] = best;
            }
        }
        for (int frame = 0; frame < flags.Length; frame++)
        {
            flags[frame] = table.Flags[table.At(frame, target)];
            bool isExcluded = options.Excludes(table.Frames[frame].Info.Name);
            if (table.Frames[frame].IsMeasured && curve.ComparisonMissing[frame] && !isExcluded)
            {
                flags[frame] |= FluxQuality.ComparisonMissing;
            }
            if (curve.EnsembleFlux[frame] < clear[frame])
            {
                flags[frame] |= FluxQuality.Cloud;
            }
            if (outliers[frame])
            {
                flags[frame] |= FluxQuality.Outlier;
            }
            used[frame] =
                double.IsFinite(curve.RelativeFlux[frame])
                && table.Frames[frame].MidUtc is not null
                && !isExcluded
                && !(outliers[frame] && options.DropOutliers);
        }
        return (flags, used);
    }

    private static void MarkOutliers(FluxTable table, DifferentialCurve curve, NightFrames night, CurveOptions options, bool[] outliers)
    {
        int[] order = [.. night.Frames.OrderBy(i => table.Frames[i].MidUtc?.Value ?? double.PositiveInfinity)];
        bool[] sorted = LightCurveShape.Outliers(
            [.. order.Select(i => curve.RelativeFlux[i])],
            options.OutlierSigma,
            options.OutlierWindow
        );
        for (int k = 0; k < order.Length; k++)
        {
            outliers[order[k]] = sorted[k];
        }
    }

    /// <summary>The ensemble's flux that one frame in ten exceeds: what a clear sky lets through.</summary>
    private static double BestTenth(double[] ensemble)
    {
        double[] sorted = [.. ensemble.Where(double.IsFinite).Order()];
        return sorted.Length == 0 ? double.NaN : sorted[(int)(0.9 * (sorted.Length - 1))];
    }
}
