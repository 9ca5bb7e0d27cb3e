namespace Albireo.Science.LightCurves;

/// <summary>Chooses the aperture whose curve is quietest.</summary>
public static class ApertureChoice
{
    /// <summary>The metric of one curve, relative to its median.</summary>
    /// <param name="flux">In time order; NaN is left out.</param>
    /// <param name="metric">What to measure.</param>
    /// <returns>NaN with too few points or a median not above zero.</returns>
    public static double Measure(ReadOnlySpan<double> flux, ApertureMetric metric)
    {
        double[] values = SeriesStatistics.Finite(flux);
        double median = SeriesStatistics.Median(values);
        if (!(median > 0) || values.Length < 3)
        {
            return double.NaN;
        }
        double noise = metric switch
        {
            ApertureMetric.PointToPoint => SeriesStatistics.PointToPointScatter(values),
            ApertureMetric.Binned => ProseEnsemble.GroupedDeviation(values),
            ApertureMetric.StandardDifference => SeriesStatistics.PointToPointScatter(values) * Math.Sqrt(2),
            ApertureMetric.Stability => MeanDifference(values),
            ApertureMetric.WhiteNoise => NoiseStatistics.WhiteAndRed(values).White,
        };
        return noise / median;
    }

    /// <summary>The curve with the least metric among those that keep the most points.</summary>
    /// <param name="curves">Relative flux, one array an aperture.</param>
    /// <param name="metric">What to measure.</param>
    /// <param name="metrics">The metric of each curve.</param>
    /// <returns>Its index.</returns>
    /// <exception cref="ArgumentException">No curve can be measured.</exception>
    public static int Best(IReadOnlyList<double[]> curves, ApertureMetric metric, out double[] metrics)
    {
        metrics = new double[curves.Count];
        var counts = new int[curves.Count];
        for (int a = 0; a < curves.Count; a++)
        {
            metrics[a] = Measure(curves[a], metric);
            counts[a] = double.IsNaN(metrics[a]) ? 0 : SeriesStatistics.Finite(curves[a]).Length;
        }
        int most = counts.DefaultIfEmpty(0).Max();
        int best = -1;
        for (int a = 0; a < curves.Count; a++)
        {
            // An aperture that loses points, at the frame's edge or to saturation, does not win by what it leaves out.
            if (counts[a] > 0 && counts[a] >= 0.98 * most && (best < 0 || metrics[a] < metrics[best]))
            {
                best = a;
            }
        }
        return best >= 0 ? best : throw new ArgumentException("In no aperture is there a curve that can be judged.", nameof(curves));
    }

    private static double MeanDifference(double[] values)
    {
        double sum = 0;
        for (int i = 1; i < values.Length; i++)
        {
            sum += Math.Abs(values[i] - values[i - 1]);
        }
        return sum / (values.Length - 1);
    }
}
