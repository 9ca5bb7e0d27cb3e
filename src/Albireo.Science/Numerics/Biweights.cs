using System.Buffers;

namespace Albireo.Science.Numerics;

/// <summary>Tukey's biweight location and scale (Beers, Flynn &amp; Gebhardt 1990, AJ 100, 32), as astropy.stats computes them.</summary>
public static class Biweights
{
    /// <summary>Biweight location with <c>c</c> = 6: M + Σ(x−M)(1−u²)² / Σ(1−u²)² over |u| &lt; 1, u = (x−M)/(c·MAD).</summary>
    /// <param name="values">No NaN; not changed.</param>
    /// <param name="median">Their median M.</param>
    /// <param name="tuning">c.</param>
    /// <returns>The median if the median absolute deviation is 0.</returns>
    public static double Location(ReadOnlySpan<double> values, double median, double tuning = 6)
    {
        double unit = tuning * AbsoluteDeviation(values, median);
        if (unit == 0)
        {
            return median;
        }
        double weighted = 0;
        double weights = 0;
        foreach (double value in values)
        {
            double difference = value - median;
            double u = difference / unit;
            if (Math.Abs(u) < 1)
            {
                double w = 1 - (u * u);
                weighted += difference * (w * w);
                weights += w * w;
            }
        }
        return median + (weighted / weights);
    }

    /// <summary>Biweight scale with <c>c</c> = 9: √(n Σ(x−M)²(1−u²)⁴) / |Σ(1−u²)(1−5u²)| over |u| &lt; 1; n counts all values.</summary>
    /// <param name="values">No NaN; not changed.</param>
    /// <param name="median">Their median M.</param>
    /// <param name="tuning">c.</param>
    /// <returns>0 if the median absolute deviation is 0.</returns>
    public static double Scale(ReadOnlySpan<double> values, double median, double tuning = 9)
    {
        double unit = tuning * AbsoluteDeviation(values, median);
        if (unit == 0)
        {
            return 0;
        }
        double above = 0;
        double below = 0;
        foreach (double value in values)
        {
            double difference = value - median;
            double u = difference / unit;
            if (Math.Abs(u) < 1)
            {
                double square = u * u;
                double w = (1 - square) * (1 - square);
                above += difference * difference * (w * w);
                below += (1 - square) * (1 - (5 * square));
            }
        }
        return Math.Sqrt(values.Length * above) / Math.Abs(below);
    }

    /// <summary>Median of |x − M|.</summary>
    /// <param name="values">No NaN; not changed.</param>
    /// <param name="median">M.</param>
    public static double AbsoluteDeviation(ReadOnlySpan<double> values, double median)
    {
        double[] deviations = ArrayPool<double>.Shared.Rent(values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            deviations[i] = Math.Abs(values[i] - median);
        }
        double result = Medians.Of(deviations.AsSpan(0, values.Length));
        ArrayPool<double>.Shared.Return(deviations);
        return result;
    }
}
