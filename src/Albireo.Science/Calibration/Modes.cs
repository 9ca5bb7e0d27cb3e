using System.Numerics;

namespace Albireo.Science.Calibration;

/// <summary>The most common value of a sample.</summary>
public static class Modes
{
    /// <summary>The most frequent value; of several equally frequent ones the smallest, as <c>scipy.stats.mode</c> has it.</summary>
    /// <param name="sorted">Upwards, without NaN; not empty.</param>
    public static T Exact<T>(ReadOnlySpan<T> sorted)
        where T : unmanaged, IComparisonOperators<T, T, bool>
    {
        RequireValues(sorted.Length);
        T mode = sorted[0];
        int most = 0;
        int start = 0;
        for (int i = 1; i <= sorted.Length; i++)
        {
            if (i == sorted.Length || sorted[i] != sorted[start])
            {
                if (i - start > most)
                {
                    most = i - start;
                    mode = sorted[start];
                }
                start = i;
            }
        }
        return mode;
    }

    /// <summary>
    /// Half-sample mode (Bickel &amp; Frühwirth 2006, Computational Statistics &amp; Data Analysis 50, 3500): again and again the
    /// narrowest half of what is left; of equally narrow ones the middle of the first and the last such half is taken, so that
    /// digitised values bring no bias.
    /// </summary>
    /// <param name="sorted">Upwards, without NaN; not empty.</param>
    public static double HalfSample<T>(ReadOnlySpan<T> sorted)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireValues(sorted.Length);
        while (sorted.Length > 3)
        {
            int half = (sorted.Length + 1) / 2;
            T least = T.PositiveInfinity;
            int first = 0;
            int last = 0;
            for (int i = 0; i + half <= sorted.Length; i++)
            {
                T width = sorted[i + half - 1] - sorted[i];
                if (width < least)
                {
                    (least, first, last) = (width, i, i);
                }
                else if (width == least)
                {
                    last = i;
                }
            }
            sorted = sorted.Slice((first + last) / 2, half);
        }
        double a = double.CreateTruncating(sorted[0]);
        double c = double.CreateTruncating(sorted[^1]);
        if (sorted.Length < 3)
        {
            return (a + c) / 2;
        }
        double b = double.CreateTruncating(sorted[1]);
        double below = b - a;
        double above = c - b;
        if (below == above)
        {
            return b;
        }
        return below < above ? (a + b) / 2 : (b + c) / 2;
    }

    private static void RequireValues(int count)
    {
        if (count == 0)
        {
            throw new ArgumentException("The mode of no values.", nameof(count));
        }
    }
}
