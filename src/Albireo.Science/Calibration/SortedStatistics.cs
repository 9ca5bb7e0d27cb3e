using Albireo.Science.Numerics;

namespace Albireo.Science.Calibration;

/// <summary>
/// Statistics of values in rising order, clipped as <c>astropy.stats.sigma_clip</c> (5.2) clips a whole array: what one round rejects
/// stays rejected.
/// </summary>
internal static class SortedStatistics
{
    /// <summary>What the values come to.</summary>
    /// <returns>Without the size and the undefined pixels, which the values do not tell.</returns>
    public static ImageStatistics Of<TValues>(TValues values, ClipOptions? clip)
        where TValues : struct, ISortedValues
    {
        var kept = Part.Of(values, 0, values.Length);
        for (int round = 1; clip is not null && kept.Count > 0; round++)
        {
            double center = clip.Center == ClipCenter.Median ? kept.Median : kept.Mean;
            double spread =
                clip.Spread == ClipSpread.StandardDeviation
                    ? kept.StandardDeviation
                    : ClippedStatistics.SigmaPerMad * AbsoluteDeviation(values, kept);
            int first = Math.Max(kept.First, FirstFrom(values, center - (clip.SigmaLow * spread)));
            int end = Math.Min(kept.End, FirstFrom(values, Math.BitIncrement(center + (clip.SigmaHigh * spread))));
            long before = kept.Count;
            kept = Part.Of(values, first, Math.Max(first, end));
            if (kept.Count == before || round == clip.MaxIterations)
            {
                break;
            }
        }
        bool any = kept.Count > 0;
        return new ImageStatistics
        {
            Width = 0,
            Height = 0,
            UndefinedCount = 0,
            Count = kept.Count,
            Sum = kept.Sum,
            Minimum = any ? values.Value(EntryOf(values, values.Before(kept.First))) : double.NaN,
            Maximum = any ? values.Value(EntryOf(values, values.Before(kept.End) - 1)) : double.NaN,
            Mean = kept.Mean,
            Median = kept.Median,
            StandardDeviation = kept.StandardDeviation,
            Mode = any ? values.Mode(kept.First, kept.End) : double.NaN,
        };
    }

    /// <summary>The first entry that is not below a limit.</summary>
    private static int FirstFrom<TValues>(TValues values, double limit)
        where TValues : struct, ISortedValues
    {
        int low = 0;
        int high = values.Length;
        while (low < high)
        {
            int middle = (int)(((uint)low + (uint)high) / 2);
            (low, high) = values.Value(middle) < limit ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    /// <summary>The entry that holds the value of a rank, 0-based.</summary>
    private static int EntryOf<TValues>(TValues values, long rank)
        where TValues : struct, ISortedValues
    {
        int low = 0;
        int high = values.Length - 1;
        while (low < high)
        {
            int middle = (int)(((uint)low + (uint)high) / 2);
            (low, high) = values.Before(middle + 1) <= rank ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    /// <summary>The median of |value − median|: the deviations of lower and of higher values rise away from the median, and are merged.</summary>
    private static double AbsoluteDeviation<TValues>(TValues values, Part kept)
        where TValues : struct, ISortedValues
    {
        int up = Math.Max(kept.First, FirstFrom(values, kept.Median));
        int down = up - 1;
        long seen = 0;
        double lower = double.NaN;
        while (true)
        {
            double below = down >= kept.First ? kept.Median - values.Value(down) : double.PositiveInfinity;
            double above = up < kept.End ? values.Value(up) - kept.Median : double.PositiveInfinity;
            int entry = below < above ? down-- : up++;
            seen += values.Before(entry + 1) - values.Before(entry);
            double deviation = Math.Min(below, above);
            if (double.IsNaN(lower) && seen > (kept.Count - 1) / 2)
            {
                lower = deviation;
            }
            if (seen > kept.Count / 2)
            {
                return kept.Count % 2 == 1 ? lower : (lower + deviation) / 2;
            }
        }
    }

    /// <summary>Entries First … End − 1 and what they come to.</summary>
    private readonly record struct Part(int First, int End, long Count, double Sum, double Mean, double Median, double StandardDeviation)
    {
        public static Part Of<TValues>(TValues values, int first, int end)
            where TValues : struct, ISortedValues
        {
            long count = values.Before(end) - values.Before(first);
            if (count == 0)
            {
                return new Part(first, end, 0, 0, double.NaN, double.NaN, double.NaN);
            }
            double sum = 0;
            for (int i = first; i < end; i++)
            {
                sum += (values.Before(i + 1) - values.Before(i)) * values.Value(i);
            }
            double mean = sum / count;
            double squares = 0;
            for (int i = first; i < end; i++)
            {
                double deviation = values.Value(i) - mean;
                squares += (values.Before(i + 1) - values.Before(i)) * deviation * deviation;
            }
            long before = values.Before(first);
            double low = values.Value(EntryOf(values, before + ((count - 1) / 2)));
            double high = values.Value(EntryOf(values, before + (count / 2)));
            return new Part(first, end, count, sum, mean, low == high ? low : low + ((high - low) / 2), Math.Sqrt(squares / count));
        }
    }
}
