using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Centroids;

/// <summary>The centre of mass of what lies above the sky within a circle that follows the star.</summary>
public static class MomentsCentroid
{
    private const int MaximumIterations = 20;
    private const double Settled = 1e-3;

    /// <summary>Refines a centre.</summary>
    /// <param name="image">The picture; NaN pixels are left out.</param>
    /// <param name="sky">Level to take off; pixels below it weigh nothing.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="radiusPixels">Radius of the circle.</param>
    /// <param name="maximumShiftPixels">Farthest that the centre may move; beyond it the start is kept.</param>
    /// <param name="mask">Bad, cosmic-ray and undefined pixels are left out.</param>
    /// <returns>The centre; with <c>Converged</c> false the start.</returns>
    public static Centroid Refine(
        Image image,
        double sky,
        PixelPosition start,
        double radiusPixels,
        double maximumShiftPixels,
        PixelMask? mask = null
    )
    {
        ArgumentNullException.ThrowIfNull(image);
        Require.Positive(radiusPixels);
        Require.Positive(maximumShiftPixels);
        (double x, double y) = (start.X, start.Y);
        for (int iteration = 0; iteration < MaximumIterations && image.Contains(x, y); iteration++)
        {
            (double nextX, double nextY) = Mass(image, sky, x, y, radiusPixels, mask);
            double step = Math.Abs(nextX - x) + Math.Abs(nextY - y);
            (x, y) = (nextX, nextY);
            double shift = Math.Sqrt(((x - start.X) * (x - start.X)) + ((y - start.Y) * (y - start.Y)));
            if (!(shift <= maximumShiftPixels))
            {
                break;
            }
            if (step < Settled)
            {
                return new Centroid(x, y, true);
            }
        }
        return new Centroid(start.X, start.Y, false);
    }

    // A pixel on the rim counts with the part of it that a straight rim would cover, so that the sum moves smoothly with the circle.
    private static (double X, double Y) Mass(Image image, double sky, double x, double y, double radius, PixelMask? mask)
    {
        (double sum, double sumX, double sumY) = (0, 0, 0);
        int left = Math.Max(0, (int)Math.Floor(x - radius));
        int right = Math.Min(image.Width - 1, (int)Math.Ceiling(x + radius));
        int top = Math.Max(0, (int)Math.Floor(y - radius));
        int bottom = Math.Min(image.Height - 1, (int)Math.Ceiling(y + radius));
        for (int row = top; row <= bottom; row++)
        {
            for (int column = left; column <= right; column++)
            {
                double dx = column - x;
                double dy = row - y;
                double cover = Math.Clamp(radius + 0.5 - Math.Sqrt((dx * dx) + (dy * dy)), 0, 1);
                double value = cover * (image[column, row] - sky);
                if (!(value > 0) || (mask is not null && !PixelUse.Counts(mask[column, row])))
                {
                    continue;
                }
                sum += value;
                sumX += value * column;
                sumY += value * row;
            }
        }
        return (sumX / sum, sumY / sum);
    }
}
