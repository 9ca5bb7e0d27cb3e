using System.Numerics;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Calibration;

/// <summary>
/// Clipping over the picture instead of along the stack, as one system's recipe has it for darks. It throws away what a dark must keep,
/// its hot pixels; offered only to repeat that system's numbers.
/// </summary>
public static class FrameClip
{
    /// <summary>Makes the values NaN that lie outside the limits found on the whole frame.</summary>
    /// <param name="image">Changed in place.</param>
    /// <param name="options">Limits and rounds.</param>
    /// <returns>How many were taken out.</returns>
    public static int Apply(Image image, ClipOptions options)
    {
        ArgumentNullException.ThrowIfNull(image);
        (float low, float high) = Limits([.. image.Pixels], options);
        int count = 0;
        foreach (ref float value in image.Pixels)
        {
            if (value < low || value > high)
            {
                value = float.NaN;
                count++;
            }
        }
        return count;
    }

    /// <summary>The least and the greatest value that clipping keeps.</summary>
    /// <param name="values">All pixels of a frame; reordered when there are undefined ones.</param>
    /// <param name="options">Limits and rounds.</param>
    public static (float Low, float High) Limits(Span<float> values, ClipOptions options)
    {
        ClippedStatistics.Of(values, options, false, out float low, out float high);
        return (low, high);
    }

    /// <summary>Gives undefined pixels a value.</summary>
    /// <param name="image">Changed in place.</param>
    /// <param name="value">The same for all; NaN: the mean of the defined ones.</param>
    /// <returns>How many were filled.</returns>
    public static int FillHoles(Image image, double value)
    {
        ArgumentNullException.ThrowIfNull(image);
        return FillHoles(image.Pixels, value);
    }

    /// <inheritdoc cref="FillHoles(Image, double)"/>
    public static int FillHoles<T>(Span<T> pixels, double value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        int defined = 0;
        foreach (T pixel in pixels)
        {
            if (T.IsFinite(pixel))
            {
                sum += double.CreateTruncating(pixel);
                defined++;
            }
        }
        var filler = T.CreateTruncating(double.IsNaN(value) ? sum / defined : value);
        foreach (ref T pixel in pixels)
        {
            pixel = T.IsFinite(pixel) ? pixel : filler;
        }
        return pixels.Length - defined;
    }
}
