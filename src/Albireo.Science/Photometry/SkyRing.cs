using System.Runtime.InteropServices;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Photometry;

/// <summary>Sky level, noise and the level's error from the pixels around one star.</summary>
/// <param name="Level">In the picture's unit; NaN if no pixel is left.</param>
/// <param name="Rms">Clipped standard deviation of a pixel.</param>
/// <param name="Variance">Variance of <paramref name="Level"/>.</param>
/// <param name="Count">Pixels used.</param>
public readonly record struct SkyRing(double Level, double Rms, double Variance, int Count)
{
    private const PixelQuality NotSky =
        PixelQuality.BadPixel | PixelQuality.Saturated | PixelQuality.Nonlinear | PixelQuality.CosmicRay | PixelQuality.Undefined;

    /// <summary>Variance of the sky level, in units of σ²/n for normally distributed pixels.</summary>
    public static double VarianceFactor(SkyEstimator estimator) =>
        estimator switch
        {
            SkyEstimator.Mean => 1,
            SkyEstimator.Median => Math.PI / 2,
            // 9 · π/2 + 4 − 12, because mean and median have the covariance σ²/n.
            SkyEstimator.Mode => (4.5 * Math.PI) - 8,
        };

    /// <summary>Measures the ring around a position; what lies beyond the picture is left out.</summary>
    /// <param name="image">Any unit; NaN is left out.</param>
    /// <param name="mask">Bad, saturated, non-linear, undefined pixels and cosmic rays are left out; null = none.</param>
    /// <param name="star">Finite.</param>
    /// <param name="annulus">The ring.</param>
    /// <param name="scratch">At least <see cref="Capacity"/> values.</param>
    public static SkyRing Measure(Image image, PixelMask? mask, PixelPosition star, SkyAnnulus annulus, Span<float> scratch)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(annulus);
        int count = Gather(image, mask, star, annulus.InnerRadiusPixels, annulus.OuterRadiusPixels, scratch);
        return Of(scratch[..count], annulus.Estimator, annulus.Clip);
    }

    /// <summary>Measures the pixels whose centre lies in a shape of any kind; what lies beyond the picture is left out.</summary>
    /// <param name="image">Any unit; NaN is left out.</param>
    /// <param name="mask">Bad, saturated, non-linear, undefined pixels and cosmic rays are left out; null = none.</param>
    /// <param name="star">Finite.</param>
    /// <param name="ring">The shape, mostly a <see cref="RingAperture"/>.</param>
    /// <param name="estimator">How the level follows from the pixels that clipping leaves.</param>
    /// <param name="clip">How outliers are left out.</param>
    public static SkyRing Measure(Image image, PixelMask? mask, PixelPosition star, Aperture ring, SkyEstimator estimator, ClipOptions clip)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(ring);
        int left = (int)Math.Clamp(Math.Ceiling(star.X - ring.ReachX), 0, image.Width);
        int right = (int)Math.Clamp(Math.Floor(star.X + ring.ReachX) + 1, left, image.Width);
        int top = (int)Math.Clamp(Math.Ceiling(star.Y - ring.ReachY), 0, image.Height);
        int bottom = (int)Math.Clamp(Math.Floor(star.Y + ring.ReachY) + 1, top, image.Height);
        float[] values = new float[(right - left) * (bottom - top)];
        int count = 0;
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                if (ring.Contains(x - star.X, y - star.Y) && (mask is null || (mask[x, y] & NotSky) == PixelQuality.None))
                {
                    values[count++] = image[x, y];
                }
            }
        }
        return Of(values.AsSpan(0, count), estimator, clip);
    }

    private static SkyRing Of(Span<float> values, SkyEstimator estimator, ClipOptions clip)
    {
        ClippedStatistics statistics = ClippedStatistics.Of(values, clip);
        double level = estimator switch
        {
            SkyEstimator.Mean => statistics.Mean,
            SkyEstimator.Median => statistics.Median,
            SkyEstimator.Mode => (3 * statistics.Median) - (2 * statistics.Mean),
        };
        double sigma = statistics.StandardDeviation;
        double variance = VarianceFactor(estimator) * sigma * sigma / statistics.Count;
        return new SkyRing(level, sigma, variance, statistics.Count);
    }

    /// <summary>Pixels that a ring can have at most on a picture.</summary>
    public static int Capacity(Image image, SkyAnnulus annulus)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(annulus);
        double side = (2 * annulus.OuterRadiusPixels) + 3;
        return (int)(Math.Min(side, image.Width) * Math.Min(side, image.Height)) + 1;
    }

    private static int Gather(Image image, PixelMask? mask, PixelPosition star, double inner, double outer, Span<float> values)
    {
        int count = 0;
        int top = (int)Math.Max(Math.Ceiling(star.Y - outer), 0);
        int bottom = (int)Math.Min(Math.Floor(star.Y + outer), image.Height - 1);
        for (int y = top; y <= bottom; y++)
        {
            double square = (y - star.Y) * (y - star.Y);
            (int first, int end) = Within(star.X, outer, square, image.Width);
            (int hole, int holeEnd) = Within(star.X, inner, square, image.Width);
            if (holeEnd <= hole)
            {
                count += Take(image, mask, y, first, end, values[count..]);
            }
            else
            {
                count += Take(image, mask, y, first, hole, values[count..]);
                count += Take(image, mask, y, holeEnd, end, values[count..]);
            }
        }
        return count;
    }

    /// <summary>Columns whose centre is less than a radius away, given the row's squared distance: [first, end), cut to the picture.</summary>
    private static (int First, int End) Within(double x, double radius, double square, int width)
    {
        double left = (radius * radius) - square;
        if (!(left > 0))
        {
            return (0, 0);
        }
        double half = Math.Sqrt(left);
        int first = (int)Math.Clamp(Math.Floor(x - half) + 1, 0, width);
        int end = (int)Math.Clamp(Math.Ceiling(x + half), 0, width);
        return (first, Math.Max(first, end));
    }

    private static int Take(Image image, PixelMask? mask, int y, int first, int end, Span<float> values)
    {
        if (end <= first)
        {
            return 0;
        }
        ReadOnlySpan<float> pixels = image.Row(y)[first..end];
        ReadOnlySpan<PixelQuality> flags = mask is null ? default : mask.Row(y)[first..end];
        if (!MemoryMarshal.AsBytes(flags).ContainsAnyExcept((byte)0))
        {
            pixels.CopyTo(values);
            return pixels.Length;
        }
        int count = 0;
        for (int i = 0; i < pixels.Length; i++)
        {
            if ((flags[i] & NotSky) == PixelQuality.None)
            {
                values[count++] = pixels[i];
            }
        }
        return count;
    }
}
