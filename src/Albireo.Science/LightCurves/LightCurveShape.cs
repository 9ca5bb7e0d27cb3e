using Albireo.Science.Numerics;

namespace Albireo.Science.LightCurves;

/// <summary>Binning, outliers and the step at a meridian flip.</summary>
public static class LightCurveShape
{
    /// <summary>Means in bins of equal length in time, counted from the first time; empty bins are left out.</summary>
    /// <param name="times">Any order.</param>
    /// <param name="values">NaN is left out.</param>
    /// <param name="errors">One σ each; NaN where unknown.</param>
    /// <param name="length">Of a bin, unit of the times.</param>
    public static BinnedPoint[] Bin(ReadOnlySpan<double> times, ReadOnlySpan<double> values, ReadOnlySpan<double> errors, double length)
    {
        Require.SameLength(times.Length, values.Length);
        Require.SameLength(times.Length, errors.Length);
        Require.Positive(length);
        double first = double.PositiveInfinity;
        for (int i = 0; i < times.Length; i++)
        {
            first = double.IsFinite(times[i]) && double.IsFinite(values[i]) ? Math.Min(first, times[i]) : first;
        }
        var bins = new SortedDictionary<long, List<int>>();
        for (int i = 0; i < times.Length; i++)
        {
            if (double.IsFinite(times[i]) && double.IsFinite(values[i]))
            {
                long bin = (long)Math.Floor((times[i] - first) / length);
                if (!bins.TryGetValue(bin, out List<int>? members))
                {
                    bins[bin] = members = [];
                }
                members.Add(i);
            }
        }
        var points = new BinnedPoint[bins.Count];
        int next = 0;
        foreach (List<int> members in bins.Values)
        {
            double time = 0;
            double variance = 0;
            var inside = new double[members.Count];
            for (int m = 0; m < inside.Length; m++)
            {
                inside[m] = values[members[m]];
                time += times[members[m]] / inside.Length;
                variance += errors[members[m]] * errors[members[m]];
            }
            points[next++] = new BinnedPoint(
                time,
                SeriesStatistics.Mean(inside),
                Math.Sqrt(variance) / inside.Length,
                SeriesStatistics.StandardDeviation(inside, 1) / Math.Sqrt(inside.Length),
                inside.Length
            );
        }
        return points;
    }

    /// <summary>
    /// Points that stand off from the running median of their neighbours, in units of the robust scatter about it. They are to be flagged,
    /// not dropped. A dip that lasts longer than half of the window is not touched.
    /// </summary>
    /// <param name="values">In time order; NaN is never an outlier.</param>
    /// <param name="sigma">How far off, in robust standard deviations.</param>
    /// <param name="window">Points of the running median, odd, 3 or more.</param>
    public static bool[] Outliers(ReadOnlySpan<double> values, double sigma = 5, int window = 11)
    {
        Require.Positive(sigma);
        Require.Between(window, 3, 1001);
        var distances = new double[values.Length];
        var finite = new List<int>(values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            distances[i] = double.NaN;
            if (double.IsFinite(values[i]))
            {
                finite.Add(i);
            }
        }
        int half = window / 2;
        for (int k = 0; k < finite.Count; k++)
        {
            // At the ends the window is moved inwards, not cut short.
            int from = Math.Clamp(k - half, 0, Math.Max(0, finite.Count - window));
            int to = Math.Min(finite.Count, from + window);
            var near = new double[to - from];
            for (int j = from; j < to; j++)
            {
                near[j - from] = values[finite[j]];
            }
            distances[finite[k]] = values[finite[k]] - SeriesStatistics.Median(near);
        }
        double scatter = SeriesStatistics.RobustDeviation(distances);
        bool[] outliers = new bool[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            outliers[i] = scatter > 0 && Math.Abs(distances[i]) > sigma * scatter;
        }
        return outliers;
    }

    /// <summary>
    /// The step where the telescope turns over: mean after minus mean before, over the points nearest to it on each side.
    /// </summary>
    /// <param name="values">In time order; NaN is left out.</param>
    /// <param name="flipped">Whether each point was taken after the flip.</param>
    /// <param name="nearest">Points on each side that count; the rest may hold an eclipse.</param>
    /// <returns>The step and its error; NaN where a side has fewer than two points, or there is not exactly one flip.</returns>
    public static (double Step, double Error) FlipStep(ReadOnlySpan<double> values, ReadOnlySpan<bool> flipped, int nearest = 20)
    {
        Require.SameLength(values.Length, flipped.Length);
        Require.Positive(nearest);
        int flip = -1;
        for (int i = 1; i < flipped.Length; i++)
        {
            if (flipped[i] != flipped[i - 1])
            {
                if (flip >= 0)
                {
                    return (double.NaN, double.NaN);
                }
                flip = i;
            }
        }
        if (flip < 0)
        {
            return (double.NaN, double.NaN);
        }
        double[] before = SeriesStatistics.Finite(values[..flip]);
        double[] after = SeriesStatistics.Finite(values[flip..]);
        before = before[Math.Max(0, before.Length - nearest)..];
        after = after[..Math.Min(after.Length, nearest)];
        if (before.Length < 2 || after.Length < 2)
        {
            return (double.NaN, double.NaN);
        }
        double errorBefore = SeriesStatistics.StandardDeviation(before, 1);
        double errorAfter = SeriesStatistics.StandardDeviation(after, 1);
        return (
            SeriesStatistics.Mean(after) - SeriesStatistics.Mean(before),
            Math.Sqrt((errorBefore * errorBefore / before.Length) + (errorAfter * errorAfter / after.Length))
        );
    }
}
