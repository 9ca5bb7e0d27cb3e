using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Detection;

/// <summary>
/// prose's star finder: 8-connected areas above median + k·σ of the whole picture, σ being the standard deviation of the pixels
/// within one standard deviation of the median; areas that are too small, too thin or holed are no stars. No background map, so a
/// gradient moves the threshold: <see cref="SegmentFinder"/> does better on real frames.
/// </summary>
public static class SegmentedPeaks
{
    /// <summary>Finds stars.</summary>
    /// <param name="image">The picture, background included; NaN pixels are left out.</param>
    /// <param name="options">Limits.</param>
    /// <returns>Stars, highest peak first.</returns>
    public static SegmentedPeak[] Find(Image image, SegmentedPeaksOptions options)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(options);
        (double median, double sigma) = Level(image);
        if (!double.IsFinite(median + sigma))
        {
            return [];
        }
        using Segments segments = ThresholdRuns.Connect(image, median + (options.ThresholdSigma * sigma));
        var peaks = new List<SegmentedPeak>();
        for (int i = 0; i < segments.Count; i++)
        {
            if (Measure(segments, i, median) is var peak && Accepts(segments, i, peak, options))
            {
                peaks.Add(peak);
            }
        }
        IEnumerable<SegmentedPeak> sorted = peaks.OrderByDescending(p => p.Peak);
        if (options.MaximumStars > 0)
        {
            sorted = sorted.Take(options.MaximumStars);
        }
        return options.MinimumSeparationPixels > 0 ? Apart([.. sorted], options.MinimumSeparationPixels) : [.. sorted];
    }

    private static (double Median, double Sigma) Level(Image image)
    {
        double median = ClippedStatistics.Unclipped(image.Pixels.ToArray()).Median;
        double wide = Deviation(image, median, double.PositiveInfinity);
        return (median, Deviation(image, median, wide));
    }

    // Standard deviation of the pixels closer to the median than a limit.
    private static double Deviation(Image image, double median, double limit)
    {
        (double sum, double squares, long count) = (0, 0, 0);
        foreach (float pixel in image.Pixels)
        {
            double d = pixel - median;
            if (Math.Abs(d) < limit)
            {
                sum += d;
                squares += d * d;
                count++;
            }
        }
        double mean = sum / count;
        return Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean)));
    }

    private static SegmentedPeak Measure(Segments segments, int segment, double median)
    {
        (double n, double sx, double sy, double sxx, double syy, double sxy) = (0, 0, 0, 0, 0, 0);
        (double weight, double wx, double wy, double peak) = (0, 0, 0, double.NegativeInfinity);
        ReadOnlySpan<int> runs = segments.RunsOf(segment);
        double left = segments.Runs[runs[0]].Start;
        double top = segments.Runs[runs[0]].Y;
        foreach (int r in runs)
        {
            PixelRun run = segments.Runs[r];
            double y = run.Y - top;
            for (int column = run.Start; column < run.End; column++)
            {
                double x = column - left;
                double value = segments.Values[run.Offset + column - run.Start];
                n++;
                sx += x;
                sy += y;
                sxx += x * x;
                syy += y * y;
                sxy += x * y;
                weight += value;
                wx += value * x;
                wy += value * y;
                peak = Math.Max(peak, value);
            }
        }
        double xx = (sxx / n) - (sx / n * (sx / n));
        double yy = (syy / n) - (sy / n * (sy / n));
        double xy = (sxy / n) - (sx / n * (sy / n));
        double half = Math.Sqrt((0.25 * (xx - yy) * (xx - yy)) + (xy * xy));
        double major = 4 * Math.Sqrt(Math.Max(0, ((xx + yy) / 2) + half));
        double minor = 4 * Math.Sqrt(Math.Max(0, ((xx + yy) / 2) - half));
        return new SegmentedPeak(left + (wx / weight), top + (wy / weight), peak, weight - (n * median), (int)n, major, minor);
    }

    private static bool Accepts(Segments segments, int segment, SegmentedPeak peak, SegmentedPeaksOptions options) =>
        peak.PixelCount > options.MinimumArea
        && peak.MinorAxisPixels > options.MinimumMinorAxisPixels
        && (!options.WithoutHoles || EulerNumber(segments, segment) == 1);

    // Areas less holes for 8-connected pixels, from the 2 × 2 neighbourhoods (Gray 1971): (Q1 − Q3 − 2·Qdiagonal) / 4.
    private static int EulerNumber(Segments segments, int segment)
    {
        ReadOnlySpan<int> runs = segments.RunsOf(segment);
        int top = segments.Runs[runs[0]].Y;
        int bottom = segments.Runs[runs[^1]].Y;
        (int left, int right) = (int.MaxValue, int.MinValue);
        foreach (int r in runs)
        {
            left = Math.Min(left, segments.Runs[r].Start);
            right = Math.Max(right, segments.Runs[r].End);
        }
        int width = right - left + 2;
        var cells = new bool[width * (bottom - top + 3)];
        foreach (int r in runs)
        {
            PixelRun run = segments.Runs[r];
            cells.AsSpan(((run.Y - top + 1) * width) + run.Start - left + 1, run.Length).Fill(true);
        }
        int sum = 0;
        for (int i = 0; i + width + 1 < cells.Length; i++)
        {
            (bool a, bool b, bool c, bool d) = (cells[i], cells[i + 1], cells[i + width], cells[i + width + 1]);
            int filled = (a ? 1 : 0) + (b ? 1 : 0) + (c ? 1 : 0) + (d ? 1 : 0);
            sum += filled switch
            {
                1 => 1,
                3 => -1,
                2 when a == d => -2,
                _ => 0,
            };
        }
        return sum / 4;
    }

    private static SegmentedPeak[] Apart(SegmentedPeak[] peaks, double separation)
    {
        var kept = new List<SegmentedPeak>();
        foreach (SegmentedPeak p in peaks)
        {
            if (kept.TrueForAll(k => ((k.X - p.X) * (k.X - p.X)) + ((k.Y - p.Y) * (k.Y - p.Y)) >= separation * separation))
            {
                kept.Add(p);
            }
        }
        return [.. kept];
    }
}
