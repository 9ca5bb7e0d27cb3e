namespace Albireo.Science.LightCurves;

/// <summary>A target over an ensemble of comparison stars, one value a frame.</summary>
public sealed record DifferentialCurve
{
    /// <summary>Target over ensemble, in units of <see cref="Level"/>; NaN where either is missing.</summary>
    public required double[] RelativeFlux { get; init; }

    /// <summary>One σ of <see cref="RelativeFlux"/>; NaN where an error that it needs is unknown.</summary>
    public required double[] RelativeFluxError { get; init; }

    /// <summary>The weighted sum of the comparisons, in the unit of the fluxes; NaN where one is missing.</summary>
    public required double[] EnsembleFlux { get; init; }

    /// <summary>One σ of <see cref="EnsembleFlux"/>.</summary>
    public required double[] EnsembleFluxError { get; init; }

    /// <summary>Frames in which a comparison is missing, flagged unusable, or the ensemble is not above zero.</summary>
    public required bool[] ComparisonMissing { get; init; }

    /// <summary>Frames in which the target is missing or flagged unusable.</summary>
    public required bool[] TargetMissing { get; init; }

    /// <summary>What the ratio was divided by; 1 before normalising.</summary>
    public double Level { get; init; } = 1;

    /// <summary>Relative magnitude −2.5 log₁₀ of the relative flux; NaN where that is not above zero.</summary>
    public double[] RelativeMagnitude() => Array.ConvertAll(RelativeFlux, f => f > 0 ? -2.5 * Math.Log10(f) : double.NaN);

    /// <summary>One σ of the magnitude, 2.5 / ln 10 · σ / f.</summary>
    public double[] RelativeMagnitudeError()
    {
        var errors = new double[RelativeFlux.Length];
        for (int i = 0; i < errors.Length; i++)
        {
            errors[i] = RelativeFlux[i] > 0 ? 2.5 / Math.Log(10) * RelativeFluxError[i] / RelativeFlux[i] : double.NaN;
        }
        return errors;
    }

    /// <summary>The same curve in units of its median over the frames outside a window.</summary>
    /// <param name="times">Same length; any unit.</param>
    /// <param name="windowStart">First time inside; with <paramref name="windowEnd"/> encloses what is not to count, such as a
    /// transit.</param>
    /// <param name="windowEnd">Last time inside.</param>
    /// <exception cref="ArgumentException">No point lies outside the window, or the median there is not above zero.</exception>
    public DifferentialCurve NormalisedOutside(ReadOnlySpan<double> times, double windowStart, double windowEnd)
    {
        Numerics.Require.SameLength(RelativeFlux.Length, times.Length);
        var outside = new List<double>(times.Length);
        for (int i = 0; i < times.Length; i++)
        {
            if (double.IsFinite(RelativeFlux[i]) && !(times[i] >= windowStart && times[i] <= windowEnd))
            {
                outside.Add(RelativeFlux[i]);
            }
        }
        return NormalisedBy(SeriesStatistics.Median(outside.ToArray()));
    }

    /// <summary>The same curve in units of the median of all its frames.</summary>
    /// <exception cref="ArgumentException">There is no point, or the median is not above zero.</exception>
    public DifferentialCurve NormalisedByMedian() => NormalisedBy(SeriesStatistics.Median(RelativeFlux));

    /// <summary>The same curve divided by <paramref name="level"/>, whose own error is left out: it moves all points together.</summary>
    /// <exception cref="ArgumentException">The level is not above zero.</exception>
    public DifferentialCurve NormalisedBy(double level)
    {
        if (!(level > 0) || !double.IsFinite(level))
        {
            throw new ArgumentException(
                $"A curve cannot be normalised by {level}: no usable point, or a target fainter than zero.",
                nameof(level)
            );
        }
        return this with
        {
            RelativeFlux = Array.ConvertAll(RelativeFlux, v => v / level),
            RelativeFluxError = Array.ConvertAll(RelativeFluxError, v => v / level),
            Level = Level * level,
        };
    }

    /// <summary>
    /// Point-to-point scatter: standard deviation of the first differences over √2, relative to the median. A slow change, such as an
    /// eclipse, hardly counts.
    /// </summary>
    /// <returns>NaN with fewer than three points or a median not above zero.</returns>
    public double PointToPointScatter()
    {
        double median = SeriesStatistics.Median(RelativeFlux);
        return median > 0 ? SeriesStatistics.PointToPointScatter(RelativeFlux) / median : double.NaN;
    }
}
