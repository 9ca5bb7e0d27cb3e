using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Matching;

/// <summary>
/// The mean of frames that are laid on a reference: each pixel of the reference takes what lies at its place in every frame, between
/// the frame's four nearest pixels (bilinear). Resampling correlates neighbours and smooths stars: for looking at, not for measuring.
/// </summary>
public sealed class WarpedMean
{
    private const int BandHeight = 64;
    private const PixelQuality LeftOut = PixelQuality.BadPixel | PixelQuality.CosmicRay | PixelQuality.Undefined;

    private readonly double[] sums;
    private readonly ushort[] counts;

    /// <summary>A mean of nothing yet.</summary>
    /// <param name="width">Columns of the reference.</param>
    /// <param name="height">Rows of the reference.</param>
    public WarpedMean(int width, int height)
    {
        Width = Require.Positive(width);
        Height = Require.Positive(height);
        sums = new double[checked(width * height)];
        counts = new ushort[sums.Length];
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Frames in each pixel, row-major [height, width].</summary>
    public ReadOnlySpan<ushort> Counts => counts;

    /// <summary>Adds a frame. A pixel that would rest on an unusable one (undefined, bad, hit by a cosmic ray) is left out.</summary>
    /// <param name="frame">The frame, of any size.</param>
    /// <param name="mask">Its flags, or null.</param>
    /// <param name="transform">Reference position → frame position.</param>
    /// <param name="offset">Added to every value, so that frames of different sky fit together where not all of them reach.</param>
    /// <param name="runner">Who runs the bands; the result does not depend on it.</param>
    public void Add(Image frame, PixelMask? mask, PlaneTransform transform, double offset = 0, BandRunner? runner = null)
    {
        ArgumentNullException.ThrowIfNull(frame);
        (runner ?? BandRunner.Serial).Run(
            Height,
            BandHeight,
            (_, first, count) =>
            {
                for (int y = first; y < first + count; y++)
                {
                    for (int x = 0; x < Width; x++)
                    {
                        double value = At(frame, mask, transform.Apply(x, y));
                        if (double.IsFinite(value))
                        {
                            sums[(y * Width) + x] += value + offset;
                            counts[(y * Width) + x]++;
                        }
                    }
                }
            }
        );
    }

    /// <summary>The mean; NaN where no frame reaches.</summary>
    public Image Mean()
    {
        var mean = new Image(Width, Height);
        for (int i = 0; i < sums.Length; i++)
        {
            mean.Pixels[i] = counts[i] > 0 ? (float)(sums[i] / counts[i]) : float.NaN;
        }
        return mean;
    }

    /// <summary>The frame at a position between its pixels; NaN beyond the outermost pixel centres or beside an unusable pixel.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="mask">Its flags, or null.</param>
    /// <param name="at">Where.</param>
    public static double At(Image frame, PixelMask? mask, PixelPosition at)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (!(at.X >= 0 && at.Y >= 0 && at.X <= frame.Width - 1 && at.Y <= frame.Height - 1))
        {
            return double.NaN;
        }
        (int left, int top) = ((int)at.X, (int)at.Y);
        (double u, double v) = (at.X - left, at.Y - top);
        double sum = 0;
        for (int j = 0; j <= (v > 0 ? 1 : 0); j++)
        {
            for (int i = 0; i <= (u > 0 ? 1 : 0); i++)
            {
                if (mask is not null && (mask[left + i, top + j] & LeftOut) != PixelQuality.None)
                {
                    return double.NaN;
                }
                sum += (i == 1 ? u : 1 - u) * (j == 1 ? v : 1 - v) * frame[left + i, top + j];
            }
        }
        return sum;
    }
}
