using System.Buffers;
using Albireo.Science.Numerics;

namespace Albireo.Science.Background;

/// <summary>Level and noise of the pixels of one box.</summary>
/// <param name="Level">In the picture's unit; NaN if nothing is left.</param>
/// <param name="Rms">In the picture's unit.</param>
/// <param name="Count">Pixels left after clipping.</param>
internal readonly record struct BoxEstimate(double Level, double Rms, int Count)
{
    /// <summary>Measures the values given (reordered).</summary>
    public static BoxEstimate Of(Span<float> values, BackgroundOptions options)
    {
        (float low, float high) = (float.NegativeInfinity, float.PositiveInfinity);
        ClippedStatistics statistics = options.Clip is null
            ? ClippedStatistics.Unclipped(values)
            : ClippedStatistics.Of(values, options.Clip, lastLimitsDecide: true, out low, out high);
        if (statistics.Count == 0)
        {
            return new BoxEstimate(double.NaN, double.NaN, 0);
        }
        if (options.Estimator != BackgroundEstimator.Biweight && options.Spread == BackgroundSpread.StandardDeviation)
        {
            return new BoxEstimate(LevelOf(statistics, options.Estimator), statistics.StandardDeviation, statistics.Count);
        }
        double[] rented = ArrayPool<double>.Shared.Rent(statistics.Count);
        Span<double> kept = rented.AsSpan(0, statistics.Count);
        int found = 0;
        foreach (float value in values)
        {
            if (float.IsFinite(value) && value >= low && value <= high)
            {
                kept[found++] = value;
            }
        }
        double level =
            options.Estimator == BackgroundEstimator.Biweight
                ? Biweights.Location(kept, statistics.Median)
                : LevelOf(statistics, options.Estimator);
        double rms = options.Spread switch
        {
            BackgroundSpread.StandardDeviation => statistics.StandardDeviation,
            BackgroundSpread.MedianAbsoluteDeviation => ClippedStatistics.SigmaPerMad
                * Biweights.AbsoluteDeviation(kept, statistics.Median),
            BackgroundSpread.Biweight => Biweights.Scale(kept, statistics.Median),
        };
        ArrayPool<double>.Shared.Return(rented);
        return new BoxEstimate(level, rms, statistics.Count);
    }

    /// <summary>The level by one of the rules that need mean, median and σ only.</summary>
    public static double LevelOf(ClippedStatistics statistics, BackgroundEstimator estimator)
    {
        (double mean, double median, double sigma, _) = statistics;
        return estimator switch
        {
            BackgroundEstimator.Median => median,
            BackgroundEstimator.Mean => mean,
            BackgroundEstimator.Mode => (3 * median) - (2 * mean),
            BackgroundEstimator.SExtractor when sigma == 0 => mean,
            BackgroundEstimator.SExtractor => Math.Abs(mean - median) / sigma < 0.3 ? (2.5 * median) - (1.5 * mean) : median,
            BackgroundEstimator.Biweight => throw new ArgumentException("The biweight needs the values themselves.", nameof(estimator)),
        };
    }
}
