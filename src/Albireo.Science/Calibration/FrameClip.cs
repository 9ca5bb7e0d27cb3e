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
        float[] values = [.. image.Pixels];
        ClippedStatistics.Of(values, options, false, out float low, out float high);
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

    /// <summary>Gives undefined pixels a value.</summary>
    /// <param name="image">Changed in place.</param>
    /// <param name="value">The same for all; NaN: the mean of the defined ones.</param>
    /// <returns>How many were filled.</returns>
    public static int FillHoles(Image image, double value)
    {
        ArgumentNullException.ThrowIfNull(image);
        double filler = double.IsNaN(value) ? FrameLevel.Of(image, LevelMethod.Mean) : value;
        int count = 0;
        foreach (ref float pixel in image.Pixels)
        {
            if (!float.IsFinite(pixel))
            {
                pixel = (float)filler;
                count++;
            }
        }
        return count;
    }
}
