namespace Albireo.Science.Calibration;

/// <summary>
/// What <see cref="Stacking"/> computes, written for one pixel and for reading: tests hold the vector form against it and benchmarks
/// measure it.
/// </summary>
internal static class StackDefinition
{
    /// <summary>Combines the values of one pixel; weights may be empty.</summary>
    public static double Combine(ReadOnlySpan<double> values, ReadOnlySpan<double> weights, StackOptions options, out int used)
    {
        double[] sorted = [.. values.ToArray().Where(double.IsFinite).Order()];
        used = sorted.Length;
        if (used == 0)
        {
            return double.NaN;
        }
        if (options.Method == StackMethod.Median)
        {
            return Median(sorted);
        }
        if (options.Method == StackMethod.MinMaxMean)
        {
            int low = used * options.RejectLowest / values.Length;
            int high = used * options.RejectHighest / values.Length;
            used -= low + high;
            return sorted.Skip(low).Take(used).Average();
        }
        double[] kept = options.Method == StackMethod.Mean ? sorted : Clip(sorted, options);
        double sum = 0;
        double total = 0;
        used = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] >= kept[0] && values[i] <= kept[^1])
            {
                double weight = weights.IsEmpty ? 1 : weights[i];
                sum += weight * values[i];
                total += weight;
                used++;
            }
        }
        return sum / total;
    }

    private static double[] Clip(double[] sorted, StackOptions options)
    {
        double[] kept = sorted;
        for (int i = 0; i < options.Iterations; i++)
        {
            double median = Median(kept);
            double centre = options.Center == StackCenter.Mean && options.Method == StackMethod.ClippedMean ? kept.Average() : median;
            double spread =
                options.Method == StackMethod.WinsorisedMean ? Winsorised(kept, median)
                : options.Spread == StackSpread.Mad ? Mad(kept, median)
                : Deviation(kept, 0);
            spread = Math.Max(spread, options.MinimumSpread);
            double low = centre - (options.SigmaLow * spread);
            double high = centre + (options.SigmaHigh * spread);
            double[] left = [.. kept.Where(v => v >= low && v <= high)];
            if (left.Length == 0 || left.Length == kept.Length)
            {
                break;
            }
            kept = left;
        }
        return kept;
    }

    private static double Mad(double[] kept, double median)
    {
        double[] deviations = [.. kept.Select(v => Math.Abs(v - median)).Order()];
        double mad = 1.4826022185056018 * Median(deviations);
        return mad > 0 ? mad : 1.2533141373155003 * deviations.Average();
    }

    private static double Winsorised(double[] kept, double median)
    {
        double spread = Deviation(kept, 1);
        for (int round = 0; round < 500; round++)
        {
            double reach = 1.5 * spread;
            double before = spread;
            spread = 1.134 * Deviation([.. kept.Select(v => Math.Clamp(v, median - reach, median + reach))], 1);
            if (!(Math.Abs(spread - before) > 0.0005 * before))
            {
                break;
            }
        }
        return spread;
    }

    private static double Deviation(double[] values, int lost)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - lost));
    }

    private static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
