using System.Numerics;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Calibration;

/// <summary>One number for the level of a frame or a part of it.</summary>
public static class FrameLevel
{
    /// <summary>The level of the defined pixels in a region.</summary>
    /// <param name="image">Any unit; NaN and ±∞ are left out.</param>
    /// <param name="method">Which level.</param>
    /// <param name="region">Part of the frame, or null for all of it; cut off at the frame's edges.</param>
    /// <returns>NaN where no pixel is defined.</returns>
    /// <exception cref="ArgumentException">The region lies outside the frame.</exception>
    public static double Of(Image image, LevelMethod method, PixelRegion? region = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        PixelRegion part = region is { } given ? given.Within(image.Width, image.Height) : new PixelRegion(0, image.Width, 0, image.Height);
        var values = new float[part.Width * part.Height];
        int count = 0;
        for (int y = part.FirstRow; y < part.EndRow; y++)
        {
            ReadOnlySpan<float> row = image.Row(y)[part.FirstColumn..part.EndColumn];
            if (Moments.AllFinite(row))
            {
                row.CopyTo(values.AsSpan(count));
                count += row.Length;
                continue;
            }
            foreach (float value in row)
            {
                if (float.IsFinite(value))
                {
                    values[count++] = value;
                }
            }
        }
        return Of(values.AsSpan(0, count), method);
    }

    /// <summary>The level of some values, all of them finite; they are put in order on the way.</summary>
    /// <returns>NaN where there are none.</returns>
    public static double Of<T>(Span<T> values, LevelMethod method)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        if (values.IsEmpty)
        {
            return double.NaN;
        }
        if (method == LevelMethod.Mean)
        {
            return Mean<T>(values);
        }
        if (method == LevelMethod.Median)
        {
            (T low, T high) = Medians.Middle(values);
            return (double.CreateTruncating(low) + double.CreateTruncating(high)) / 2;
        }
        values.Sort();
        return method == LevelMethod.ExactMode ? double.CreateTruncating(Modes.Exact<T>(values)) : Modes.HalfSample<T>(values);
    }

    private static double Mean<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        foreach (T value in values)
        {
            sum += double.CreateTruncating(value);
        }
        return sum / values.Length;
    }
}
