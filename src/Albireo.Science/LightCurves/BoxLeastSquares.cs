using Albireo.Science.Numerics;

namespace Albireo.Science.LightCurves;

/// <summary>
/// Search for periodic dips (Kovács, Zucker &amp; Mazeh 2002, A&amp;A 391, 369; likelihood as in Hartman &amp; Bakos 2016): a box of given
/// duration at every phase of every period. Phases are sorted once a period and summed up, so that each box costs two look-ups.
/// </summary>
public static class BoxLeastSquares
{
    /// <summary>Searches.</summary>
    /// <param name="times">Days, any order; finite.</param>
    /// <param name="flux">Finite.</param>
    /// <param name="errors">One σ each, above 0; empty for equal weights of 1.</param>
    /// <param name="periods">Days; all longer than every duration.</param>
    /// <param name="durations">Days.</param>
    /// <param name="oversample">Phases tried a duration, 2 or more.</param>
    /// <returns>The best box of each period; no depth where there is no dip.</returns>
    /// <exception cref="ArgumentException">Too few points, or a period not longer than a duration.</exception>
    public static BoxPeak[] Search(
        ReadOnlySpan<double> times,
        ReadOnlySpan<double> flux,
        ReadOnlySpan<double> errors,
        ReadOnlySpan<double> periods,
        ReadOnlySpan<double> durations,
        int oversample = 10
    )
    {
        Require.SameLength(times.Length, flux.Length);
        Require.Between(oversample, 2, 1000);
        if (times.Length < 4 || durations.IsEmpty)
        {
            throw new ArgumentException($"{times.Length} points and {durations.Length} durations are too few for a search.", nameof(times));
        }
        double median = SeriesStatistics.Median(flux);
        double first = double.PositiveInfinity;
        foreach (double time in times)
        {
            first = Math.Min(first, time);
        }
        var peaks = new BoxPeak[periods.Length];
        var phases = new double[times.Length];
        var order = new int[times.Length];
        var weightSums = new double[times.Length + 1];
        var fluxSums = new double[times.Length + 1];
        for (int p = 0; p < periods.Length; p++)
        {
            double period = Require.Positive(periods[p], nameof(periods));
            for (int i = 0; i < phases.Length; i++)
            {
                double phase = (times[i] - first) / period;
                phases[i] = (phase - Math.Floor(phase)) * period;
                order[i] = i;
            }
            Array.Sort(phases, order);
            for (int i = 0; i < order.Length; i++)
            {
                double weight = errors.IsEmpty ? 1 : 1 / (errors[order[i]] * errors[order[i]]);
                weightSums[i + 1] = weightSums[i] + weight;
                fluxSums[i + 1] = fluxSums[i] + (weight * (flux[order[i]] - median));
            }
            peaks[p] = Best(period, phases, weightSums, fluxSums, durations, oversample) with { Period = period };
            double middle = peaks[p].TransitTime + first;
            peaks[p] = peaks[p] with { TransitTime = middle };
        }
        return peaks;
    }

    private static BoxPeak Best(
        double period,
        double[] phases,
        double[] weightSums,
        double[] fluxSums,
        ReadOnlySpan<double> durations,
        int oversample
    )
    {
        int n = phases.Length;
        var best = new BoxPeak(period, double.NegativeInfinity, double.NaN, double.NaN, double.NaN, double.NaN);
        foreach (double duration in durations)
        {
            if (!(duration > 0 && duration < period))
            {
                throw new ArgumentException($"A dip of {duration} days does not fit into a period of {period} days.", nameof(durations));
            }
            double step = duration / oversample;
            int steps = (int)Math.Ceiling((period + step) / step);
            int low = 0;
            int high = 0;
            for (int k = 0; k < steps; k++)
            {
                double middle = k * step;
                double from = middle - (0.5 * duration);
                double to = middle + (0.5 * duration);
                // First point after the lower edge and first not before the upper one; both edges only move on.
                while (low < n && phases[low] <= from)
                {
                    low++;
                }
                while (high < n && phases[high] < to)
                {
                    high++;
                }
                double weight = weightSums[high] - weightSums[low];
                double sum = fluxSums[high] - fluxSums[low];
                if (from < 0)
                {
                    int wrapped = FirstAfter(phases, from + period);
                    weight += weightSums[n] - weightSums[wrapped];
                    sum += fluxSums[n] - fluxSums[wrapped];
                }
                if (to > period)
                {
                    int wrapped = FirstNotBefore(phases, to - period);
                    weight += weightSums[wrapped];
                    sum += fluxSums[wrapped];
                }
                double outside = weightSums[n] - weight;
                if (!(weight > 0) || !(outside > 1e-12 * weightSums[n]))
                {
                    continue;
                }
                double depth = ((fluxSums[n] - sum) / outside) - (sum / weight);
                double power = 0.5 * weight * depth * depth;
                if (depth > 0 && power > best.Power)
                {
                    best = new BoxPeak(period, power, depth, Math.Sqrt((1 / weight) + (1 / outside)), duration, middle);
                }
            }
        }
        return best;
    }

    private static int FirstAfter(double[] phases, double value)
    {
        int i = Array.BinarySearch(phases, value);
        i = i < 0 ? ~i : i;
        while (i < phases.Length && phases[i] <= value)
        {
            i++;
        }
        return i;
    }

    private static int FirstNotBefore(double[] phases, double value)
    {
        int i = Array.BinarySearch(phases, value);
        i = i < 0 ? ~i : i;
        while (i > 0 && phases[i - 1] >= value)
        {
            i--;
        }
        return i;
    }
}
