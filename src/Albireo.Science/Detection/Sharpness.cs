using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Albireo.Science.Detection;

/// <summary>
/// Tells hot pixels and cosmic rays from stars: light that went through the optics spreads over at least
/// <see cref="DetectionOptions.SharpestFwhmPixels"/>, so a star's peak has neighbours of a known least brightness, along rows,
/// along columns and all around (the idea of van Dokkum 2001, PASP 113, 1420, with the sharpest star as the yardstick).
/// </summary>
internal sealed class Sharpness
{
    private readonly float around;
    private readonly float along;

    /// <summary>For optics whose sharpest star has this FWHM.</summary>
    public Sharpness(double sharpestFwhmPixels)
    {
        // Neighbours of the peak of a star centred on a pixel. Off-centre stars have brighter ones in the mean over opposite pairs.
        double beside = Math.Exp(-4 * Math.Log(2) / (sharpestFwhmPixels * sharpestFwhmPixels));
        double mean = ((4 * beside) + (4 * beside * beside)) / 8;
        around = (float)(0.7 * mean);
        along = (float)(0.5 * beside);
    }

    /// <summary>A pixel is judged only from this many σ on: below, the noise of the neighbours decides nothing.</summary>
    public const float MinimumSigmas = 6;

    /// <summary>Whether the pixel at <paramref name="index"/> of background-subtracted rows is a peak that stands alone.</summary>
    public bool IsHot(ReadOnlySpan<float> rows, int index, int stride, float noise)
    {
        float value = rows[index];
        float left = rows[index - 1];
        float right = rows[index + 1];
        float up = rows[index - stride];
        float down = rows[index + stride];
        if (left > value || right > value || up > value || down > value)
        {
            return false;
        }
        float corners = rows[index - stride - 1] + rows[index - stride + 1] + rows[index + stride - 1] + rows[index + stride + 1];
        float mean = (left + right + up + down + corners) / 8;
        return value > MinimumSigmas * noise && mean < around * value;
    }

    /// <summary><see cref="IsHot"/> for sixteen pixels: one bit each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // called for every sixteen pixels
    public ulong MayBeHot(ref float rows, int index, int stride, Vector512<float> noise)
    {
        Vector512<float> value = Vector512.LoadUnsafe(ref rows, (nuint)index);
        Vector512<float> high = Vector512.GreaterThan(value, Vector512.Create(MinimumSigmas) * noise);
        if (high.ExtractMostSignificantBits() == 0)
        {
            return 0;
        }
        Vector512<float> left = Vector512.LoadUnsafe(ref rows, (nuint)(index - 1));
        Vector512<float> right = Vector512.LoadUnsafe(ref rows, (nuint)(index + 1));
        Vector512<float> up = Vector512.LoadUnsafe(ref rows, (nuint)(index - stride));
        Vector512<float> down = Vector512.LoadUnsafe(ref rows, (nuint)(index + stride));
        Vector512<float> corners =
            Vector512.LoadUnsafe(ref rows, (nuint)(index - stride - 1))
            + Vector512.LoadUnsafe(ref rows, (nuint)(index - stride + 1))
            + Vector512.LoadUnsafe(ref rows, (nuint)(index + stride - 1))
            + Vector512.LoadUnsafe(ref rows, (nuint)(index + stride + 1));
        Vector512<float> mean = (left + right + up + down + corners) / 8;
        Vector512<float> hot =
            high
            & Vector512.LessThanOrEqual(left, value)
            & Vector512.LessThanOrEqual(right, value)
            & Vector512.LessThanOrEqual(up, value)
            & Vector512.LessThanOrEqual(down, value)
            & Vector512.LessThan(mean, value * around);
        return hot.ExtractMostSignificantBits();
    }

    /// <summary>
    /// What a source's peak looks like from its eight neighbours (row by row, the peak itself in the middle, background off): a hot
    /// pixel, a track, or neither.
    /// </summary>
    public SourceFlags Judge(ReadOnlySpan<float> box, float noise)
    {
        float value = box[4];
        if (value < MinimumSigmas * noise)
        {
            return SourceFlags.None;
        }
        float mean = (box[0] + box[1] + box[2] + box[3] + box[5] + box[6] + box[7] + box[8]) / 8;
        if (mean < around * value)
        {
            return SourceFlags.HotPixel;
        }
        float horizontal = (box[3] + box[5]) / 2;
        float vertical = (box[1] + box[7]) / 2;
        return Math.Min(horizontal, vertical) < along * value ? SourceFlags.CosmicRay : SourceFlags.None;
    }

    /// <summary>Median (mean of the middle two) of the eight neighbours.</summary>
    public static float MedianOfNeighbours(ReadOnlySpan<float> rows, int index, int stride)
    {
        Span<float> n = stackalloc float[8];
        n[0] = rows[index - stride - 1];
        n[1] = rows[index - stride];
        n[2] = rows[index - stride + 1];
        n[3] = rows[index - 1];
        n[4] = rows[index + 1];
        n[5] = rows[index + stride - 1];
        n[6] = rows[index + stride];
        n[7] = rows[index + stride + 1];
        n.Sort();
        return (n[3] + n[4]) / 2;
    }
}
