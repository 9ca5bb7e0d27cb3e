using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Calibration;

/// <summary>What the pixels of a frame, or of a part of it, come to. Undefined pixels (NaN, ±∞) are counted and left out.</summary>
public sealed record ImageStatistics
{
    /// <summary>Columns looked at.</summary>
    public required int Width { get; init; }

    /// <summary>Rows looked at, of all planes.</summary>
    public required long Height { get; init; }

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
        var tally = new PixelTally<float>(countsWholeNumbers: false);
        for (int y = region.FirstRow; y < region.EndRow; y++)
        {
            tally.Add(
                image.Row(y)[region.FirstColumn..region.EndColumn],
                leftOut.IsEmpty ? leftOut : leftOut.Slice((y * image.Width) + region.FirstColumn, region.Width)
            );
        }
        return tally.Statistics(region.Width, region.Height, options.Clip, options.WholeNumbers);
    }
}
