using System.Buffers;
using System.Runtime.InteropServices;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Background;

/// <summary>Measures sky level and noise on a mesh of boxes, as photutils' Background2D (1.6) and SExtractor do.</summary>
public static class BackgroundMesh
{
    /// <summary>Pixels with one of these flags do not belong to the sky.</summary>
    public const PixelQuality NotSky =
        PixelQuality.BadPixel | PixelQuality.Saturated | PixelQuality.Nonlinear | PixelQuality.CosmicRay | PixelQuality.Undefined;

    /// <summary>
    /// Clips the pixels of each box, takes level and rms from what is left, fills in boxes with too few pixels from their neighbours,
    /// runs a median filter over the mesh, and prepares the interpolation to every pixel.
    /// </summary>
    /// <param name="image">Any unit; NaN and infinities are left out.</param>
    /// <param name="mask">Pixels with a flag of <see cref="NotSky"/> are left out; null = none.</param>
    /// <param name="options">Boxes, clipping and rules.</param>
    /// <param name="runner">Visits rows of boxes; results do not depend on it.</param>
    /// <exception cref="EmptyBackgroundException">No box has enough good pixels.</exception>
    public static BackgroundMap Measure(Image image, PixelMask? mask, BackgroundOptions options, BandRunner? runner = null) =>
        Measure(image, mask, null, options, runner);

    /// <summary>As above, with sources masked too.</summary>
    /// <param name="image">Any unit; NaN and infinities are left out.</param>
    /// <param name="mask">Pixels with a flag of <see cref="NotSky"/> are left out; null = none.</param>
    /// <param name="sources">Row-major [height, width]; pixels where it is true are left out. Empty = none.</param>
    /// <param name="options">Boxes, clipping and rules.</param>
    /// <param name="runner">Visits rows of boxes; results do not depend on it.</param>
    /// <exception cref="EmptyBackgroundException">No box has enough good pixels.</exception>
    public static BackgroundMap Measure(Image image, PixelMask? mask, bool[]? sources, BackgroundOptions options, BandRunner? runner = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(options);
        if (mask is not null)
        {
            Require.SameLength(image.Pixels.Length, mask.Flags.Length);
        }
        if (sources is not null)
        {
            Require.SameLength(image.Pixels.Length, sources.Length);
        }
        int boxWidth = Math.Min(options.BoxSize, image.Width);
        int boxHeight = Math.Min(options.BoxSize, image.Height);
        int columns = (image.Width + boxWidth - 1) / boxWidth;
        int rows = (image.Height + boxHeight - 1) / boxHeight;
        double[] level = new double[columns * rows];
        double[] rms = new double[columns * rows];
        (runner ?? BandRunner.Serial).Run(
            rows,
            1,
            (_, row, _) =>
            {
                float[] values = ArrayPool<float>.Shared.Rent(boxWidth * boxHeight);
                for (int column = 0; column < columns; column++)
                {
                    int count = Gather(image, mask, sources, column * boxWidth, row * boxHeight, boxWidth, boxHeight, values);
                    BoxEstimate estimate = Estimate(values.AsSpan(0, count), boxWidth * boxHeight, options);
                    level[(row * columns) + column] = estimate.Level;
                    rms[(row * columns) + column] = estimate.Rms;
                }
                ArrayPool<float>.Shared.Return(values);
            }
        );
        return BackgroundMap.FromMesh((image.Width, image.Height), (boxWidth, boxHeight), columns, level, rms, options);
    }

    /// <summary>Copies the good pixels of one box; returns their number.</summary>
    private static int Gather(Image image, PixelMask? mask, bool[]? sources, int x0, int y0, int width, int height, Span<float> values)
    {
        width = Math.Min(width, image.Width - x0);
        height = Math.Min(height, image.Height - y0);
        int count = 0;
        for (int y = y0; y < y0 + height; y++)
        {
            ReadOnlySpan<float> pixels = image.Row(y).Slice(x0, width);
            ReadOnlySpan<PixelQuality> flags = mask is null ? default : mask.Row(y).Slice(x0, width);
            ReadOnlySpan<bool> hidden = sources is null ? default : sources.AsSpan((y * image.Width) + x0, width);
            if (!MemoryMarshal.AsBytes(flags).ContainsAnyExcept((byte)0) && !hidden.Contains(true))
            {
                pixels.CopyTo(values[count..]);
                count += width;
                continue;
            }
            for (int x = 0; x < width; x++)
            {
                bool good = (flags.IsEmpty || (flags[x] & NotSky) == PixelQuality.None) && (hidden.IsEmpty || !hidden[x]);
                values[count] = pixels[x];
                count += good ? 1 : 0;
            }
        }
        return count;
    }

    private static BoxEstimate Estimate(Span<float> values, int boxPixels, BackgroundOptions options)
    {
        double allowed = options.ExcludePercentile == 100 ? boxPixels - 1 : options.ExcludePercentile / 100 * boxPixels;
        int finite = ClippedStatistics.MoveUndefinedLast(values);
        if (boxPixels - finite > allowed)
        {
            return new BoxEstimate(double.NaN, double.NaN, 0);
        }
        BoxEstimate estimate = BoxEstimate.Of(values[..finite], options);
        return boxPixels - estimate.Count > allowed ? new BoxEstimate(double.NaN, double.NaN, 0) : estimate;
    }
}
