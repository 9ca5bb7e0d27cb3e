using System.Runtime.Intrinsics;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Centroids;

/// <summary>
/// The centre of a star under a Gaussian window that moves with it, SExtractor's XWIN_IMAGE: x ← x + 2 Σ w·I·(x_i − x) / Σ w·I
/// with w = exp(−r²/2σ²). For a window as wide as the star its scatter is close to that of a profile fit.
/// </summary>
public static class WindowedCentroid
{
    private const int MaximumIterations = 30;
    private const double Settled = 1e-5;

    /// <summary>Refines a centre.</summary>
    /// <param name="image">The picture; NaN pixels are left out.</param>
    /// <param name="sky">Level to take off every pixel.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="sigmaPixels">σ of the window, FWHM / 2.355.</param>
    /// <param name="maximumShiftPixels">Farthest that the centre may move; beyond it the start is kept.</param>
    /// <param name="mask">Bad, cosmic-ray and undefined pixels are left out.</param>
    /// <returns>The centre; with <c>Converged</c> false the start.</returns>
    public static Centroid Refine(
        Image image,
        double sky,
        PixelPosition start,
        double sigmaPixels,
        double maximumShiftPixels,
        PixelMask? mask = null
    )
    {
        ArgumentNullException.ThrowIfNull(image);
        Require.Positive(sigmaPixels);
        Require.Positive(maximumShiftPixels);
        (double x, double y) = (start.X, start.Y);
        if (!image.Contains(x, y))
        {
            return new Centroid(start.X, start.Y, false);
        }
        for (int iteration = 0; iteration < MaximumIterations; iteration++)
        {
            (double stepX, double stepY) = Step(image, sky, x, y, sigmaPixels, mask);
            x += stepX;
            y += stepY;
            double far = Math.Sqrt(((x - start.X) * (x - start.X)) + ((y - start.Y) * (y - start.Y)));
            if (!(far <= maximumShiftPixels) || !image.Contains(x, y))
            {
                break;
            }
            if (Math.Abs(stepX) < Settled && Math.Abs(stepY) < Settled)
            {
                return new Centroid(x, y, true);
            }
        }
        return new Centroid(start.X, start.Y, false);
    }

    private static (double X, double Y) Step(Image image, double sky, double x, double y, double sigma, PixelMask? mask)
    {
        double reach = 4 * sigma;
        double perVariance = 1 / (sigma * sigma);
        int left = Math.Max(0, (int)Math.Ceiling(x - reach));
        int right = Math.Min(image.Width - 1, (int)Math.Floor(x + reach));
        int top = Math.Max(0, (int)Math.Ceiling(y - reach));
        int bottom = Math.Min(image.Height - 1, (int)Math.Floor(y + reach));
        (double sum, double sumX, double sumY) = (0, 0, 0);
        Vector512<double> lanes = Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7);
        Span<double> weighted = stackalloc double[8];
        Span<double> weightedX = stackalloc double[8];
        Span<float> some = stackalloc float[8];
        for (int row = top; row <= bottom; row++)
        {
            ReadOnlySpan<float> pixels = image.Row(row);
            ReadOnlySpan<PixelQuality> flags = mask is null ? default : mask.Row(row);
            double dy = row - y;
            // Eight pixels are weighted at once and added one by one, so that the sums are the same whatever the vectors' width.
            for (int column = left; column <= right; column += 8)
            {
                int count = Math.Min(8, right - column + 1);
                Usable(pixels.Slice(column, count), flags.IsEmpty ? default : flags.Slice(column, count), some);
                var eight = Vector256.Create<float>(some);
                var pixel = Vector512.Create(Vector256.WidenLower(eight), Vector256.WidenUpper(eight));
                Vector512<double> dx = Vector512.Create((double)column) + lanes - Vector512.Create(x);
                Vector512<double> square = ((dx * dx) + Vector512.Create(dy * dy)) * perVariance;
                Vector512<double> light = pixel - Vector512.Create(sky);
                Vector512<double> counts =
                    Vector512.LessThanOrEqual(square, Vector512.Create(16.0)) & Vector512.Equals(light - light, Vector512<double>.Zero);
                Vector512<double> part = (GaussianWeight.OfSquare(square) * light) & counts;
                part.CopyTo(weighted);
                (part * dx).CopyTo(weightedX);
                for (int i = 0; i < count; i++)
                {
                    sum += weighted[i];
                    sumX += weightedX[i];
                    sumY += weighted[i] * dy;
                }
            }
        }
        return sum > 0 ? (2 * sumX / sum, 2 * sumY / sum) : (double.NaN, double.NaN);
    }

    /// <summary>Eight pixels: those that count, NaN for others.</summary>
    private static void Usable(ReadOnlySpan<float> pixels, ReadOnlySpan<PixelQuality> flags, Span<float> eight)
    {
        if (pixels.Length < 8)
        {
            eight.Fill(float.NaN);
        }
        pixels.CopyTo(eight);
        for (int i = 0; i < flags.Length; i++)
        {
            if (!PixelUse.Counts(flags[i]))
            {
                eight[i] = float.NaN;
            }
        }
    }
}
