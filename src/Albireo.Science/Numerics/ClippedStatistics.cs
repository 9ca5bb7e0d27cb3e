using System.Buffers;

namespace Albireo.Science.Numerics;

/// <summary>
/// Mean, median and standard deviation of what σ-clipping leaves, as <c>astropy.stats.sigma_clipped_stats</c> (5.2) defines them:
/// what one round rejects stays rejected.
/// </summary>
/// <param name="Mean">Mean of the values kept; NaN if there are none.</param>
/// <param name="Median">Median of the values kept.</param>
/// <param name="StandardDeviation">Root mean squared deviation from the mean, divided by n.</param>
/// <param name="Count">How many values were kept.</param>
public readonly record struct ClippedStatistics(double Mean, double Median, double StandardDeviation, int Count)
{
    /// <summary>1 / Φ⁻¹(3/4): a normal distribution's σ over its median absolute deviation.</summary>
    internal const double SigmaPerMad = 1.482602218505602;

    /// <summary>Statistics of the values that clipping keeps.</summary>
    /// <param name="values">Reordered when it contains NaN or infinities, which are left out.</param>
    /// <param name="options">Limits and rounds.</param>
    public static ClippedStatistics Of(Span<float> values, ClipOptions options) => Of(values, options, false, out _, out _);

    /// <summary>Statistics of all finite values.</summary>
    /// <param name="values">Reordered when it contains NaN or infinities, which are left out.</param>
    public static ClippedStatistics Unclipped(Span<float> values)
    {
        ReadOnlySpan<float> known = values[..MoveUndefinedLast(values)];
        if (known.IsEmpty)
        {
            return new ClippedStatistics(double.NaN, double.NaN, double.NaN, 0);
        }
        double median = MiddleOf(known, 0, known.Length, float.NaN, 0);
        var moments = Moments.Within(known, float.NegativeInfinity, float.PositiveInfinity, (float)median);
        return new ClippedStatistics(moments.Mean, median, moments.StandardDeviation, moments.Count);
    }

    /// <summary>As above, with the limits: the values kept are those in [low, high].</summary>
    /// <param name="values">Reordered when it contains NaN or infinities, which are left out.</param>
    /// <param name="options">Limits and rounds.</param>
    /// <param name="lastLimitsDecide">
    /// Whether the last round's limits are applied to all values, even where an earlier round's were narrower, as astropy does when it
    /// clips along an axis (and so Background2D), not when it clips a whole array.
    /// </param>
    /// <param name="low">Least value kept.</param>
    /// <param name="high">Greatest value kept.</param>
    internal static ClippedStatistics Of(Span<float> values, ClipOptions options, bool lastLimitsDecide, out float low, out float high)
    {
        ArgumentNullException.ThrowIfNull(options);
        int finite = MoveUndefinedLast(values);
        ReadOnlySpan<float> known = values[..finite];
        (low, high) = (float.NegativeInfinity, float.PositiveInfinity);
        if (known.IsEmpty)
        {
            return new ClippedStatistics(double.NaN, double.NaN, double.NaN, 0);
        }
        double median = MiddleOf(known, 0, known.Length, float.NaN, 0);
        var moments = Moments.Within(known, low, high, (float)median);
        // What has been rejected stays rejected within the rounds: [innerLow, innerHigh] only shrinks.
        (float innerLow, float innerHigh) = (low, high);
        for (int round = 1; ; round++)
        {
            double center = options.Center == ClipCenter.Median ? median : moments.Mean;
            double spread =
                options.Spread == ClipSpread.StandardDeviation
                    ? moments.StandardDeviation
                    : SigmaPerMad * AbsoluteDeviation(known, innerLow, innerHigh, median, moments.Count);
            low = AtLeast(center - (options.SigmaLow * spread));
            high = AtMost(center + (options.SigmaHigh * spread));
            innerLow = Math.Max(low, innerLow);
            innerHigh = Math.Min(high, innerHigh);
            int before = moments.Count;
            var next = Moments.Within(known, innerLow, innerHigh, (float)median);
            if (next.Count == before)
            {
                break;
            }
            moments = next;
            bool last = round == options.MaxIterations;
            median = moments.Count == 0 ? double.NaN : MiddleOf(known, moments.Below, moments.Count, (float)median, (float)spread);
            if (last || moments.Count == 0)
            {
                break;
            }
        }
        if (!lastLimitsDecide)
        {
            (low, high) = (innerLow, innerHigh);
        }
        else if (low < innerLow || high > innerHigh)
        {
            moments = Moments.Within(known, low, high, double.IsNaN(median) ? known[0] : (float)median);
            median = MiddleOf(known, moments.Below, moments.Count, float.NaN, 0);
        }
        return new ClippedStatistics(moments.Mean, median, moments.StandardDeviation, moments.Count);
    }

    /// <summary>Moves NaN and infinities to the end; returns how many values come before them.</summary>
    internal static int MoveUndefinedLast(Span<float> values)
    {
        int count = values.Length;
        if (Moments.AllFinite(values))
        {
            return count;
        }
        for (int i = 0; i < count; )
        {
            if (float.IsFinite(values[i]))
            {
                i++;
            }
            else
            {
                (values[i], values[--count]) = (values[count], values[i]);
            }
        }
        return count;
    }

    /// <summary>The median of <paramref name="count"/> values that follow <paramref name="below"/> smaller ones.</summary>
    private static double MiddleOf(ReadOnlySpan<float> values, int below, int count, float near, float spread)
    {
        int rank = below + ((count - 1) / 2);
        if (
            float.IsFinite(near)
            && Selection.CountUpTo(values, near) > rank + 1
            && Selection.CountUpTo(values, MathF.BitDecrement(near)) <= rank
        )
        {
            // Digitised data: the median of the round before is the median still.
            return near;
        }
        (float value, float next) = float.IsFinite(near)
            ? Selection.Ranked(values, rank, near - (0.1f * spread), near + (0.02f * spread))
            : Selection.Ranked(values, rank);
        return count % 2 == 1 || next == value ? value : ((double)value + next) / 2;
    }

    private static double AbsoluteDeviation(ReadOnlySpan<float> values, float low, float high, double median, int count)
    {
        double[] deviations = ArrayPool<double>.Shared.Rent(count);
        int found = 0;
        foreach (float value in values)
        {
            if (value >= low && value <= high)
            {
                deviations[found++] = Math.Abs(value - median);
            }
        }
        double result = Medians.Of(deviations.AsSpan(0, found));
        ArrayPool<double>.Shared.Return(deviations);
        return result;
    }

    /// <summary>The smallest float that is not below a limit: comparing floats with it is comparing them with the limit itself.</summary>
    private static float AtLeast(double limit)
    {
        float rounded = (float)limit;
        return rounded < limit ? MathF.BitIncrement(rounded) : rounded;
    }

    private static float AtMost(double limit)
    {
        float rounded = (float)limit;
        return rounded > limit ? MathF.BitDecrement(rounded) : rounded;
    }
}
