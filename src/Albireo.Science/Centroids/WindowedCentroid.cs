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
        for (int row = top; row <= bottom; row++)
        {
            ReadOnlySpan<float> pixels = image.Row(row);
            double dy = row - y;
            for (int column = left; column <= right; column++)
            {
                double dx = column - x;
                double square = ((dx * dx) + (dy * dy)) * perVariance;
                float pixel = pixels[column];
                if (square > 16 || !float.IsFinite(pixel) || (mask is not null && !PixelUse.Counts(mask[column, row])))
                {
                    continue;
                }
                double weighted = GaussianWeight.OfSquare(square) * (pixel - sky);
                sum += weighted;
                sumX += weighted * dx;
                sumY += weighted * dy;
            }
        }
        return sum > 0 ? (2 * sumX / sum, 2 * sumY / sum) : (double.NaN, double.NaN);
    }
}
