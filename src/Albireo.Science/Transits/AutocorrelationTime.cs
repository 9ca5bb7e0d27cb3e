namespace Albireo.Science.Transits;

/// <summary>
/// Integrated autocorrelation time 1 + 2 Σ ρ(lag) of chains: ρ averaged over the walkers, summed up to the first window M ≥ 5 τ(M) (Sokal
/// 1997; Foreman-Mackey et al. 2013).
/// </summary>
internal static class AutocorrelationTime
{
    private const double WindowFactor = 5;

    /// <summary>One time a dimension, in steps; NaN where no window closes within half of the chain.</summary>
    public static double[] Of(IReadOnlyList<double[]> positions, int burnIn, int walkers, int dimensions)
    {
        int steps = positions.Count - burnIn;
        var times = new double[dimensions];
        var series = new double[walkers * steps];
        for (int d = 0; d < dimensions; d++)
        {
            for (int w = 0; w < walkers; w++)
            {
                Span<double> one = series.AsSpan(w * steps, steps);
                double mean = 0;
                for (int s = 0; s < steps; s++)
                {
                    one[s] = positions[burnIn + s][(w * dimensions) + d];
                    mean += one[s];
                }
                mean /= steps;
                double variance = 0;
                for (int s = 0; s < steps; s++)
                {
                    one[s] -= mean;
                    variance += one[s] * one[s];
                }
                // A walker that never moved says nothing; it is left at 0.
                double scale = variance > 0 ? 1 / Math.Sqrt(variance) : 0;
                for (int s = 0; s < steps; s++)
                {
                    one[s] *= scale;
                }
            }
            times[d] = Time(series, walkers, steps);
        }
        return times;
    }

    private static double Time(double[] series, int walkers, int steps)
    {
        double time = 1;
        for (int lag = 1; lag < steps / 2; lag++)
        {
            double sum = 0;
            for (int w = 0; w < walkers; w++)
            {
                sum += LaggedProduct(series.AsSpan(w * steps, steps), lag);
            }
            time += 2 * sum / walkers;
            if (lag >= WindowFactor * time)
            {
                return Math.Max(time, 1);
            }
        }
        return double.NaN;
    }

    private static double LaggedProduct(ReadOnlySpan<double> series, int lag)
    {
        ReadOnlySpan<double> early = series[..^lag];
        ReadOnlySpan<double> late = series[lag..];
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i <= early.Length - 4; i += 4)
        {
            s0 += early[i] * late[i];
            s1 += early[i + 1] * late[i + 1];
            s2 += early[i + 2] * late[i + 2];
            s3 += early[i + 3] * late[i + 3];
        }
        for (; i < early.Length; i++)
        {
            s0 += early[i] * late[i];
        }
        return s0 + s1 + (s2 + s3);
    }
}
