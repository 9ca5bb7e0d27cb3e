using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Centroids;

/// <summary>
/// The maximum of a quadratic surface fitted to the 5 × 5 pixels around the highest pixel near a position, as photutils'
/// centroid_quadratic defines it.
/// </summary>
public static class QuadraticCentroid
{
    private const int Half = 2;

    /// <summary>Refines a centre.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="start">Where to look.</param>
    /// <param name="searchRadiusPixels">The highest pixel is sought this far from the start, along either axis.</param>
    /// <param name="maximumShiftPixels">Farthest that the centre may move; beyond it the start is kept.</param>
    /// <param name="mask">With a bad, cosmic-ray or undefined pixel in the 5 × 5 the fit goes on without it.</param>
    /// <returns>The centre; with <c>Converged</c> false the start: no maximum, or on the border.</returns>
    public static Centroid Refine(
        Image image,
        PixelPosition start,
        double searchRadiusPixels,
        double maximumShiftPixels,
        PixelMask? mask = null
    )
    {
        ArgumentNullException.ThrowIfNull(image);
        Require.NotNegative(searchRadiusPixels);
        Require.Positive(maximumShiftPixels);
        var failed = new Centroid(start.X, start.Y, false);
        if (!image.Contains(start.X, start.Y) || Highest(image, start, searchRadiusPixels, mask) is not (int x, int y))
        {
            return failed;
        }
        if (x < Half || y < Half || x >= image.Width - Half || y >= image.Height - Half)
        {
            return failed;
        }
        if (Surface(image, x, y, mask) is not (double dx, double dy))
        {
            return failed;
        }
        double shift = Math.Sqrt(Math.Pow(x + dx - start.X, 2) + Math.Pow(y + dy - start.Y, 2));
        return Math.Abs(dx) <= Half + 0.5 && Math.Abs(dy) <= Half + 0.5 && shift <= maximumShiftPixels
            ? new Centroid(x + dx, y + dy, true)
            : failed;
    }

    private static (int X, int Y)? Highest(Image image, PixelPosition start, double radius, PixelMask? mask)
    {
        (int X, int Y)? best = null;
        float highest = float.NegativeInfinity;
        int left = Math.Max(0, (int)Math.Ceiling(start.X - radius - 0.5));
        int right = Math.Min(image.Width - 1, (int)Math.Floor(start.X + radius + 0.5));
        int top = Math.Max(0, (int)Math.Ceiling(start.Y - radius - 0.5));
        int bottom = Math.Min(image.Height - 1, (int)Math.Floor(start.Y + radius + 0.5));
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                if (image[x, y] > highest && (mask is null || PixelUse.Counts(mask[x, y])))
                {
                    highest = image[x, y];
                    best = (x, y);
                }
            }
        }
        return best;
    }

    // c0 + c1·x + c2·y + c3·xy + c4·x² + c5·y² by least squares; its maximum relative to the middle pixel, null where it has none.
    private static (double X, double Y)? Surface(Image image, int x, int y, PixelMask? mask)
    {
        Span<double> matrix = stackalloc double[36];
        Span<double> right = stackalloc double[6];
        Span<double> terms = stackalloc double[6];
        for (int j = -Half; j <= Half; j++)
        {
            for (int i = -Half; i <= Half; i++)
            {
                float pixel = image[x + i, y + j];
                if (!float.IsFinite(pixel) || (mask is not null && !PixelUse.Counts(mask[x + i, y + j])))
                {
                    continue;
                }
                terms[0] = 1;
                terms[1] = i;
                terms[2] = j;
                terms[3] = i * j;
                terms[4] = i * i;
                terms[5] = j * j;
                for (int k = 0; k < 6; k++)
                {
                    right[k] += terms[k] * (pixel - image[x, y]);
                    for (int l = 0; l < 6; l++)
                    {
                        matrix[(6 * k) + l] += terms[k] * terms[l];
                    }
                }
            }
        }
        Span<double> inverse = stackalloc double[36];
        LevenbergMarquardt.Invert(matrix, 6, inverse);
        Span<double> c = stackalloc double[6];
        for (int k = 0; k < 6; k++)
        {
            for (int l = 0; l < 6; l++)
            {
                c[k] += inverse[(6 * k) + l] * right[l];
            }
        }
        double determinant = (4 * c[4] * c[5]) - (c[3] * c[3]);
        if (!(determinant > 0) || !(c[4] < 0))
        {
            return null;
        }
        return (((c[2] * c[3]) - (2 * c[5] * c[1])) / determinant, ((c[1] * c[3]) - (2 * c[4] * c[2])) / determinant);
    }
}
