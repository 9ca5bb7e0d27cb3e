using System.Globalization;
using Albireo.Fits;
using Albireo.Pipeline.Frames;

namespace Albireo.Pipeline.Stages;

/// <summary>What raw counts look like that are no picture of the sky. A good frame costs a look at a few of its rows.</summary>
public static class CountDoubts
{
    /// <summary>The one value that all defined pixels have, NaN if none is defined, null if they differ as they should.</summary>
    internal static float? OnlyValue(BandedImage raw)
    {
        float only = float.NaN;
        for (int y = 0; y < raw.Height; y++)
        {
            foreach (float value in raw.Rows(y, 1))
            {
                if (float.IsFinite(value))
                {
                    if (value != only && !float.IsNaN(only))
                    {
                        return null;
                    }
                    only = value;
                }
            }
        }
        return only;
    }

    /// <summary>The sentence for pixels that are all alike.</summary>
    public static string Same(double value) =>
        string.Create(CultureInfo.InvariantCulture, $"every pixel is {value:G9}: there is no picture in it.");

    /// <summary>The sentence for pixels without a value.</summary>
    public const string Undefined = "no pixel has a value: all are undefined or infinite.";

    /// <summary>
    /// Doubts whether unsigned counts of 16 bits were written without BZERO, which makes those above 32767 negative: in that case half of
    /// three rows is below 0 and more.
    /// </summary>
    internal static string? Unsigned(FitsHeader header, BandedImage raw)
    {
        if (header.Integer("BITPIX") != 16 || header.Real("BZERO") is not null)
        {
            return null;
        }
        int below = 0;
        for (int quarter = 1; quarter <= 3; quarter++)
        {
            foreach (float value in raw.Rows(raw.Height * quarter / 4, 1))
            {
                below += value < 0 ? 1 : 0;
            }
        }
        return 2 * below > 3 * raw.Width ? NegativeCounts : null;
    }

    /// <summary>
    /// Doubts whether a bias, or a dark that keeps it, belongs to a light: noise alone puts half of the counts of a black sky below it,
    /// here nine in ten of three rows are.
    /// </summary>
    internal static string? Below(BandedImage raw, Master? level)
    {
        if (level is null || level.Image.Width != raw.Width || level.Image.Height != raw.Height)
        {
            return null;
        }
        int below = 0;
        for (int quarter = 1; quarter <= 3; quarter++)
        {
            int y = raw.Height * quarter / 4;
            ReadOnlySpan<float> counts = raw.Rows(y, 1);
            ReadOnlySpan<float> levels = level.Image.Row(y);
            for (int x = 0; x < counts.Length; x++)
            {
                below += counts[x] < levels[x] ? 1 : 0;
            }
        }
        return 10L * below > 27L * raw.Width ? $"nine in ten counts lie below {level.Name}: does it belong to these lights?" : null;
    }

    /// <summary>The sentence for counts below 0.</summary>
    public const string NegativeCounts =
        "half of the counts or more are below 0 and the header has no BZERO: were unsigned counts written without BZERO = 32768?";
}
