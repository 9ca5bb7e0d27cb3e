using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Centroids;

/// <summary>The centre of an elliptical, rotated Gaussian on a constant, fitted by least squares.</summary>
public static class GaussianCentroid
{
    /// <summary>Refines a centre.</summary>
    /// <param name="image">The picture; NaN pixels are left out.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="fwhmPixels">First guess of the star's width.</param>
    /// <param name="radiusPixels">Pixels farther than this from the start are left out.</param>
    /// <param name="maximumShiftPixels">Farthest that the centre may move; beyond it the start is kept.</param>
    /// <param name="mask">Bad, cosmic-ray, undefined and saturated pixels are left out.</param>
    /// <returns>The centre; with <c>Converged</c> false the start.</returns>
    public static Centroid Refine(
        Image image,
        PixelPosition start,
        double fwhmPixels,
        double radiusPixels,
        double maximumShiftPixels,
        PixelMask? mask = null
    )
    {
        ArgumentNullException.ThrowIfNull(image);
        Require.Positive(fwhmPixels);
        Require.Positive(radiusPixels);
        Require.Positive(maximumShiftPixels);
        var failed = new Centroid(start.X, start.Y, false);
        if (!image.Contains(start.X, start.Y))
        {
            return failed;
        }
        PixelBox box = PixelBox.Around(image, mask, start, radiusPixels);
        if (box.Count < 9)
        {
            return failed;
        }
        double variance = fwhmPixels * fwhmPixels / (MatchedFilter.GaussianFwhm * MatchedFilter.GaussianFwhm);
        double low = box.Value.Min();
        Span<double> p = [box.Value.Max() - low, 0, 0, 1 / variance, 1 / variance, 0, low];
        LeastSquaresResult result = LevenbergMarquardt.Minimize(new EllipticalFit<GaussianProfile>(box), p);
        double shift = Math.Sqrt((p[1] * p[1]) + (p[2] * p[2]));
        // Wider than the box or narrower than half a pixel is not a fit of the star.
        double widest = 1 / Math.Sqrt(Math.Min(p[3], p[4]));
        bool good = result.Converged && p[0] > 0 && shift <= maximumShiftPixels && widest < 2 * radiusPixels && Math.Max(p[3], p[4]) < 25;
        return good ? new Centroid(start.X + p[1], start.Y + p[2], true) : failed;
    }
}
