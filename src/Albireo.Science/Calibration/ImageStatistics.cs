using System.Buffers;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Calibration;

/// <summary>What the pixels of a frame, or of a part of it, come to. Undefined pixels (NaN, ±∞) are counted and left out.</summary>
public sealed record ImageStatistics
{
    /// <summary>Columns looked at.</summary>
    public required int Width { get; init; }

    /// <summary>Rows looked at.</summary>
    public required int Height { get; init; }

    /// <summary>Pixels of these that have no value.</summary>
    public required long UndefinedCount { get; init; }

    /// <summary>Pixels that the numbers below are made of: defined, not left out, not clipped.</summary>
    public required long Count { get; init; }

    /// <summary>Their sum, in the pixels' unit; 0 for no pixel.</summary>
    public required double Sum { get; init; }

    /// <summary>NaN for no pixel, as all that follow.</summary>
    public required double Minimum { get; init; }

    /// <summary>The largest.</summary>
    public required double Maximum { get; init; }

    /// <summary>Sum over count.</summary>
    public required double Mean { get; init; }

    /// <summary>The middle one, or the mean of the middle two.</summary>
    public required double Median { get; init; }

    /// <summary>Root mean square of the deviations from the mean, divided by n as in numpy.</summary>
    public required double StandardDeviation { get; init; }

    /// <summary>The most common value; <see cref="ImageStatisticsOptions.WholeNumbers"/> says which definition holds.</summary>
    public required double Mode { get; init; }

    /// <summary>Statistics of a frame.</summary>
    /// <param name="image">Left as it is.</param>
    /// <param name="options">Null for the whole frame without clipping.</param>
    /// <param name="leftOut">A flag for every pixel of the frame that is not to count (stars, say); empty for none.</param>
    /// <exception cref="ArgumentException">The region lies outside, or the flags do not fit the frame.</exception>
    public static ImageStatistics Of(Image image, ImageStatisticsOptions? options = null, ReadOnlySpan<bool> leftOut = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        options ??= new ImageStatisticsOptions();
        PixelRegion region = (options.Region ?? new PixelRegion(0, image.Width, 0, image.Height)).Within(image.Width, image.Height);
        if (!leftOut.IsEmpty)
        {
            Require.SameLength(image.Pixels.Length, leftOut.Length);
        }
        float[] rented = ArrayPool<float>.Shared.Rent(region.Width * region.Height);
        Span<float> values = rented.AsSpan(0, Gather(image, region, leftOut, rented, out long undefined));
        (float low, float high) = (float.NegativeInfinity, float.PositiveInfinity);
        ClippedStatistics moments = options.Clip is { } clip
            ? ClippedStatistics.Of(values, clip, lastLimitsDecide: false, out low, out high)
            : ClippedStatistics.Unclipped(values);
        PixelSort.Sort(values);
        ReadOnlySpan<float> kept = Between(values, low, high);
        var result = new ImageStatistics
        {
            Width = region.Width,
            Height = region.Height,
            UndefinedCount = undefined,
            Count = kept.Length,
            Sum = Total(kept),
            Minimum = kept.IsEmpty ? double.NaN : kept[0],
            Maximum = kept.IsEmpty ? double.NaN : kept[^1],
            Mean = moments.Mean,
            Median = moments.Median,
            StandardDeviation = moments.StandardDeviation,
            Mode =
                kept.IsEmpty ? double.NaN
                : options.WholeNumbers ? Modes.Exact(kept)
                : Modes.HalfSample(kept),
        };
        ArrayPool<float>.Shared.Return(rented);
        return result;
    }

    private static int Gather(Image image, PixelRegion region, ReadOnlySpan<bool> leftOut, float[] values, out long undefined)
    {
        int count = 0;
        undefined = 0;
        for (int y = region.FirstRow; y < region.EndRow; y++)
        {
            ReadOnlySpan<float> row = image.Row(y)[region.FirstColumn..region.EndColumn];
            for (int i = 0; i < row.Length; i++)
            {
                if (!float.IsFinite(row[i]))
                {
                    undefined++;
                }
                else if (leftOut.IsEmpty || !leftOut[(y * image.Width) + region.FirstColumn + i])
                {
                    values[count++] = row[i];
                }
            }
        }
        return count;
    }

    /// <summary>The sorted values in [low, high].</summary>
    private static ReadOnlySpan<float> Between(ReadOnlySpan<float> sorted, float low, float high)
    {
        int first = 0;
        while (first < sorted.Length && sorted[first] < low)
        {
            first++;
        }
        int end = sorted.Length;
        while (end > first && sorted[end - 1] > high)
        {
            end--;
        }
        return sorted[first..end];
    }

    private static double Total(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += value;
        }
        return sum;
    }
}
