using Albireo.Science.Numerics;

namespace Albireo.Science.LightCurves;

/// <summary>White and red noise of a series of residuals, told apart by binning.</summary>
public static class NoiseStatistics
{
    private const int FewestBins = 5;

    /// <summary>
    /// β of the time-averaging method (Winn et al. 2008, ApJ 683, 1076): standard deviation of the means of bins over that expected of
    /// white noise, σ₁/√N, averaged over the bin lengths from 10 to 30 minutes. In place of Winn's factor √(M / (M − 1)) the degrees of
    /// freedom that a fit took are counted in both: a smooth model takes them from the M bins as from the points.
    /// </summary>
    /// <param name="timesDays">Ascending; one a residual.</param>
    /// <param name="residuals">About 0; NaN is left out.</param>
    /// <param name="fittedParameters">Parameters of the model that was taken off; 1 for a mean.</param>
    /// <param name="shortestMinutes">Shortest bin.</param>
    /// <param name="longestMinutes">Longest bin.</param>
    /// <returns>At least 1; 1 where the series is too short for five bins of two points.</returns>
    public static double RedNoiseBeta(
        ReadOnlySpan<double> timesDays,
        ReadOnlySpan<double> residuals,
        int fittedParameters = 1,
        double shortestMinutes = 10,
        double longestMinutes = 30
    )
    {
        Require.SameLength(timesDays.Length, residuals.Length);
        var (times, values) = Finite(timesDays, residuals);
        if (values.Length < 2 * FewestBins)
        {
            return 1;
        }
        var gaps = new double[times.Length - 1];
        for (int i = 0; i < gaps.Length; i++)
        {
            gaps[i] = times[i + 1] - times[i];
        }
        double minutes = SeriesStatistics.Median(gaps) * 1440;
        if (!(minutes > 0))
        {
            return 1;
        }
        double single = BinnedDeviation(values, 1, fittedParameters);
        int first = Math.Max(2, (int)Math.Round(shortestMinutes / minutes));
        int last = Math.Min(Math.Max(first, (int)Math.Round(longestMinutes / minutes)), values.Length / FewestBins);
        double sum = 0;
        int count = 0;
        for (int size = first; size <= last; size++)
        {
            double binned = BinnedDeviation(values, size, fittedParameters);
            if (double.IsFinite(binned))
            {
                sum += binned / (single / Math.Sqrt(size));
                count++;
            }
        }
        return count == 0 || !(single > 0) ? 1 : Math.Max(1, sum / count);
    }

    /// <summary>
    /// White and red noise by Pont, Zucker &amp; Queloz (2006, MNRAS 373, 231): the variance of the means of n consecutive points is
    /// σ_w² / n + σ_r², fitted by least squares over n = 1 … <paramref name="largest"/>.
    /// </summary>
    /// <param name="residuals">In time order; NaN is left out.</param>
    /// <param name="largest">Largest bin, points; fewer where that leaves less than five bins.</param>
    /// <returns>σ_w a point and σ_r; NaN with too few points. A variance that comes out below 0 is 0.</returns>
    public static (double White, double Red) WhiteAndRed(ReadOnlySpan<double> residuals, int largest = 30)
    {
        double[] values = SeriesStatistics.Finite(residuals);
        int last = Math.Min(Require.Positive(largest), values.Length / FewestBins);
        if (last < 2)
        {
            return (double.NaN, double.NaN);
        }
        double sx = 0;
        double sxx = 0;
        double sy = 0;
        double sxy = 0;
        for (int n = 1; n <= last; n++)
        {
            double deviation = BinnedDeviation(values, n, 1);
            double x = 1.0 / n;
            sx += x;
            sxx += x * x;
            sy += deviation * deviation;
            sxy += x * deviation * deviation;
        }
        double determinant = (last * sxx) - (sx * sx);
        double white = ((last * sxy) - (sx * sy)) / determinant;
        double red = ((sxx * sy) - (sx * sxy)) / determinant;
        return (Math.Sqrt(Math.Max(0, white)), Math.Sqrt(Math.Max(0, red)));
    }

    /// <summary>
    /// Standard deviation of the means of <paramref name="size"/> consecutive values, over the bins less <paramref name="degreesLost"/>; a
    /// last bin that is not full is left out.
    /// </summary>
    internal static double BinnedDeviation(ReadOnlySpan<double> values, int size, int degreesLost)
    {
        int bins = values.Length / size;
        if (bins <= degreesLost)
        {
            return double.NaN;
        }
        var means = new double[bins];
        for (int b = 0; b < bins; b++)
        {
            double sum = 0;
            foreach (double value in values.Slice(b * size, size))
            {
                sum += value;
            }
            means[b] = sum / size;
        }
        return SeriesStatistics.StandardDeviation(means, degreesLost);
    }

    private static (double[] Times, double[] Values) Finite(ReadOnlySpan<double> times, ReadOnlySpan<double> values)
    {
        var keptTimes = new double[times.Length];
        var keptValues = new double[times.Length];
        int count = 0;
        for (int i = 0; i < times.Length; i++)
        {
            if (double.IsFinite(times[i]) && double.IsFinite(values[i]))
            {
                keptTimes[count] = times[i];
                keptValues[count++] = values[i];
            }
        }
        Array.Resize(ref keptTimes, count);
        Array.Resize(ref keptValues, count);
        return (keptTimes, keptValues);
    }
}
