namespace Albireo.Science.Images;

/// <summary>
/// Where a converter of fewer bits than the file's saturates, as the counts of one frame show it: 12- or 14-bit counts that were shifted
/// to the left end in zero bits, counts that were not pile up at 4095 or 16383.
/// </summary>
public static class CountCeiling
{
    private static readonly double[] Ceilings = [4095, 16383];

    /// <summary>The lowest saturated count, or null where the counts show no narrower converter.</summary>
    /// <param name="counts">Raw counts; NaN is undefined and does not count.</param>
    /// <param name="largest">The largest count that the file's type holds.</param>
    /// <param name="averaged">How many pixels each count is the mean of.</param>
    public static double? Of(ReadOnlySpan<float> counts, double largest, int averaged = 1)
    {
        double most = double.NegativeInfinity;
        int atMost = 0;
        long bits = 0;
        foreach (float count in counts)
        {
            if (!float.IsFinite(count))
            {
                continue;
            }
            double scaled = (double)count * averaged;
            if (scaled != Math.Floor(scaled) || Math.Abs(scaled) > 1e9)
            {
                return null; // no counts as they were read
            }
            bits |= (long)Math.Abs(scaled);
            atMost =
                count > most ? 1
                : count == most ? atMost + 1
                : atMost;
            most = Math.Max(most, count);
        }
        if (bits == 0)
        {
            return null;
        }
        foreach (int step in (ReadOnlySpan<int>)[16, 4])
        {
            if (bits % step == 0)
            {
                return Math.Floor(largest / step) * step;
            }
        }
        return atMost >= 2 && Array.IndexOf(Ceilings, most) >= 0 && most < largest ? most : null;
    }
}
