using Albireo.Science.Numerics;

namespace Albireo.Science.LightCurves;

/// <summary>Numbers that describe a series of values; NaN and ±∞ are left out.</summary>
public static class SeriesStatistics
{
    /// <summary>Median; the mean of the middle two for an even count.</summary>
    /// <returns>NaN if there is no value.</returns>
    public static double Median(ReadOnlySpan<double> values)
    {
        using PooledList<double> kept = FiniteOf(values);
        Span<double> finite = kept.Items;
        if (finite.Length == 0)
        {
            return double.NaN;
        }
        finite.Sort();
        int half = finite.Length / 2;
        return finite.Length % 2 == 1 ? finite[half] : 0.5 * (finite[half - 1] + finite[half]);
    }

    /// <summary>Mean.</summary>
    /// <returns>NaN if there is no value.</returns>
    public static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        int count = 0;
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                sum += value;
                count++;
            }
        }
        return count > 0 ? sum / count : double.NaN;
    }

    /// <summary>Standard deviation about the mean, in two passes.</summary>
    /// <param name="values">Any order.</param>
    /// <param name="degreesLost">0 divides by the count (numpy's default), 1 by one less.</param>
    /// <returns>NaN if the count is not above <paramref name="degreesLost"/>.</returns>
    public static double StandardDeviation(ReadOnlySpan<double> values, int degreesLost = 0)
    {
        double mean = Mean(values);
        double sum = 0;
        int count = 0;
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                sum += (value - mean) * (value - mean);
                count++;
            }
        }
        return count > degreesLost ? Math.Sqrt(sum / (count - degreesLost)) : double.NaN;
    }

    /// <summary>Standard deviation of the differences of neighbouring values over √2 (von Neumann 1941); gaps are closed.</summary>
    /// <returns>NaN with fewer than three values.</returns>
    public static double PointToPointScatter(ReadOnlySpan<double> values)
    {
        using PooledList<double> kept = FiniteOf(values);
        Span<double> finite = kept.Items;
        if (finite.Length < 3)
        {
            return double.NaN;
        }
        for (int i = 0; i + 1 < finite.Length; i++)
        {
            finite[i] = finite[i + 1] - finite[i];
        }
        return StandardDeviation(finite[..^1]) / Math.Sqrt(2);
    }

    /// <summary>1.4826 × the median of the absolute distances from the median: σ of a normal distribution, deaf to outliers.</summary>
    /// <returns>NaN if there is no value.</returns>
    public static double RobustDeviation(ReadOnlySpan<double> values)
    {
        double median = Median(values);
        using PooledList<double> kept = FiniteOf(values);
        Span<double> distances = kept.Items;
        for (int i = 0; i < distances.Length; i++)
        {
            distances[i] = Math.Abs(distances[i] - median);
        }
        return 1.482602218505602 * Median(distances);
    }

    /// <summary>The finite values, in order, in a new array.</summary>
    internal static double[] Finite(ReadOnlySpan<double> values)
    {
        using PooledList<double> kept = FiniteOf(values);
        return kept.Items.ToArray();
    }

    private static PooledList<double> FiniteOf(ReadOnlySpan<double> values)
    {
        var kept = new PooledList<double>(values.Length);
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                kept.Add(value);
            }
        }
        return kept;
    }
}
