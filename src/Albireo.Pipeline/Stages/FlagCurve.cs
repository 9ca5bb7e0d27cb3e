using Albireo.Pipeline.Options;
using Albireo.Science.LightCurves;
using Albireo.Science.Photometry;

namespace Albireo.Pipeline.Stages;

/// <summary>Says of each point of a curve what may be wrong with it, and whether it is used.</summary>
public static class FlagCurve
{
    /// <summary>Which frames carry a value, and why the others do not.</summary>
    public static (FluxQuality[] Flags, bool[] Used) Run(FluxTable table, DifferentialCurve curve, int target, CurveOptions options)
    {
        var flags = new FluxQuality[table.Frames.Count];
        bool[] used = new bool[table.Frames.Count];
        bool[] outliers = options.OutlierSigma > 0 ? Outliers(table, curve, options) : new bool[flags.Length];
        double clear = options.CloudLimit * BestTenth(curve.EnsembleFlux);
        for (int frame = 0; frame < flags.Length; frame++)
        {
            flags[frame] = table.Flags[table.At(frame, target)];
            bool isExcluded = options.Excludes(table.Frames[frame].Info.Name);
            if (table.Frames[frame].IsMeasured && curve.ComparisonMissing[frame] && !isExcluded)
            {
                flags[frame] |= FluxQuality.ComparisonMissing;
            }
            if (curve.EnsembleFlux[frame] < clear)
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

    private static bool[] Outliers(FluxTable table, DifferentialCurve curve, CurveOptions options)
    {
        int[] order = [.. Enumerable.Range(0, table.Frames.Count).OrderBy(i => table.Frames[i].MidUtc?.Value ?? double.PositiveInfinity)];
        bool[] sorted = LightCurveShape.Outliers(
            [.. order.Select(i => curve.RelativeFlux[i])],
            options.OutlierSigma,
            options.OutlierWindow
        );
        bool[] outliers = new bool[order.Length];
        for (int k = 0; k < order.Length; k++)
        {
            outliers[order[k]] = sorted[k];
        }
        return outliers;
    }

    /// <summary>The ensemble's flux that one frame in ten exceeds: what a clear sky lets through.</summary>
    private static double BestTenth(double[] ensemble)
    {
        double[] sorted = [.. ensemble.Where(double.IsFinite).Order()];
        return sorted.Length == 0 ? double.NaN : sorted[(int)(0.9 * (sorted.Length - 1))];
    }
}
