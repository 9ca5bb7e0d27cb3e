namespace Albireo.Science.LightCurves;

/// <summary>Numbers that describe a series of values; NaN and ±∞ are left out.</summary>
public static class SeriesStatistics
{
    /// <summary>Median; the mean of the middle two for an even count.</summary>
    /// <returns>NaN if there is no value.</returns>
    public static double Median(ReadOnlySpan<double> values)
    {
        double[] finite = Finite(values);
        if (finite.Length == 0)
        {
            return double.NaN;
        }
        Array.Sort(finite);
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
        double[] finite = Finite(values);
        if (finite.Length < 3)
        {
            return double.NaN;
        }
        var differences = new double[finite.Length - 1];
        for (int i = 0; i < differences.Length; i++)
        {
            differences[i] = finite[i + 1] - finite[i];
        }
        return StandardDeviation(differences) / Math.Sqrt(2);
    }

    /// <summary>1.4826 × the median of the absolute distances from the median: σ of a normal distribution, deaf to outliers.</summary>
    /// <returns>NaN if there is no value.</returns>
    public static double RobustDeviation(ReadOnlySpan<double> values)
    {
        double median = Median(values);
        double[] distances = Finite(values);
        for (int i = 0; i < distances.Length; i++)
        {
            distances[i] = Math.Abs(distances[i] - median);
        }
        return 1.482602218505602 * Median(distances);
    }

    /// <summary>The finite values, in order, in a new array.</summary>
    internal static double[] Finite(ReadOnlySpan<double> values)
    {
        var kept = new double[values.Length];
        int count = 0;
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                kept[count++] = value;
            }
        }
        Array.Resize(ref kept, count);
        return kept;
    }
}
