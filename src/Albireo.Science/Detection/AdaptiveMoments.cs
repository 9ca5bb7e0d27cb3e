namespace Albireo.Science.Detection;

/// <summary>Centre and shape of a star, from moments under a Gaussian weight that is matched to the star.</summary>
/// <param name="X">Column.</param>
/// <param name="Y">Row.</param>
/// <param name="Xx">Variance along x of the matched Gaussian, pixels².</param>
/// <param name="Yy">Variance along y.</param>
/// <param name="Xy">Covariance.</param>
/// <param name="Converged">Whether the iteration settled within its bounds; otherwise the other values mean nothing.</param>
internal readonly record struct AdaptiveShape(double X, double Y, double Xx, double Yy, double Xy, bool Converged)
{
    /// <summary>FWHM along the long and the short axis and the long axis' angle from +x towards +y, in (−90, 90].</summary>
    public (double Major, double Minor, double AngleDegrees) Ellipse()
    {
        double mean = (Xx + Yy) / 2;
        double half = Math.Sqrt((0.25 * (Xx - Yy) * (Xx - Yy)) + (Xy * Xy));
        double angle = 0.5 * Math.Atan2(2 * Xy, Xx - Yy) * 180 / Math.PI;
        return (
            MatchedFilter.GaussianFwhm * Math.Sqrt(mean + half),
            MatchedFilter.GaussianFwhm * Math.Sqrt(Math.Max(0, mean - half)),
            angle <= -90 ? angle + 180 : angle
        );
    }
}

/// <summary>
/// Adaptive moments (Bernstein &amp; Jarvis 2002, AJ 123, 583; Hirata &amp; Seljak 2003, MNRAS 343, 459): with a weight of covariance W
/// the weighted moments M of a Gaussian of covariance C obey M⁻¹ = C⁻¹ + W⁻¹; W becomes C until nothing moves. Unlike isophotal
/// moments they depend neither on the threshold nor on how bright the star is.
/// </summary>
internal static class AdaptiveMoments
{
    private const int MaximumIterations = 24;
    private const double SmallestVariance = 0.06;

    /// <summary>Measures the star on a square stamp.</summary>
    /// <param name="stamp">Background-subtracted pixels, row-major, side × side; NaN pixels are left out.</param>
    /// <param name="side">Pixels along each side, odd.</param>
    /// <param name="startX">Column within the stamp to start from.</param>
    /// <param name="startY">Row within the stamp.</param>
    /// <param name="variance">First guess of the star's variance, pixels².</param>
    /// <param name="maximumShift">Farthest that the centre may move from its start, pixels.</param>
    public static AdaptiveShape Measure(
        ReadOnlySpan<float> stamp,
        int side,
        double startX,
        double startY,
        double variance,
        double maximumShift
    )
    {
        (double x, double y) = (startX, startY);
        (double cxx, double cyy, double cxy) = (variance, variance, 0);
        double largest = side * side / 9.0;
        for (int iteration = 0; iteration < MaximumIterations; iteration++)
        {
            double determinant = (cxx * cyy) - (cxy * cxy);
            double axx = cyy / determinant;
            double ayy = cxx / determinant;
            double axy = -cxy / determinant;
            (double s, double sx, double sy, double sxx, double syy, double sxy) = (0, 0, 0, 0, 0, 0);
            for (int row = 0; row < side; row++)
            {
                double dy = row - y;
                double fromRow = ayy * dy * dy;
                if (fromRow > 40)
                {
                    continue;
                }
                ReadOnlySpan<float> pixels = stamp.Slice(row * side, side);
                for (int column = 0; column < side; column++)
                {
                    double dx = column - x;
                    double distance = (axx * dx * dx) + (2 * axy * dx * dy) + fromRow;
                    float pixel = pixels[column];
                    if (distance > 20 || float.IsNaN(pixel))
                    {
                        continue;
                    }
                    double w = GaussianWeight.OfSquare(distance) * pixel;
                    s += w;
                    sx += w * dx;
                    sy += w * dy;
                    sxx += w * dx * dx;
                    syy += w * dy * dy;
                    sxy += w * dx * dy;
                }
            }
            if (!(s > 0))
            {
                return default;
            }
            double mx = sx / s;
            double my = sy / s;
            double mxx = (sxx / s) - (mx * mx);
            double myy = (syy / s) - (my * my);
            double mxy = (sxy / s) - (mx * my);
            double m = (mxx * myy) - (mxy * mxy);
            if (!(m > 0) || !(mxx > 0))
            {
                return default;
            }
            // C⁻¹ = M⁻¹ − W⁻¹, held positive definite.
            double ixx = (myy / m) - axx;
            double iyy = (mxx / m) - ayy;
            double ixy = (-mxy / m) - axy;
            double i = (ixx * iyy) - (ixy * ixy);
            double nxx;
            double nyy;
            double nxy;
            if (i > 0 && ixx > 0)
            {
                (nxx, nyy, nxy) = (iyy / i, ixx / i, -ixy / i);
            }
            else
            {
                (nxx, nyy, nxy) = (2 * mxx, 2 * myy, 2 * mxy);
            }
            // A step of more than a factor of two in size is taken halfway.
            double grow = Math.Sqrt(((nxx * nyy) - (nxy * nxy)) / determinant);
            if (!(grow < 3))
            {
                (nxx, nyy, nxy) = (2 * cxx, 2 * cyy, 2 * cxy);
            }
            // The weighted centroid lags behind by the factor that the weight's own pull has, 2 for a matched one.
            double shiftX = 2 * mx;
            double shiftY = 2 * my;
            x += shiftX;
            y += shiftY;
            if (Math.Abs(x - startX) > maximumShift || Math.Abs(y - startY) > maximumShift)
            {
                return default;
            }
            nxx = Math.Max(nxx, SmallestVariance);
            nyy = Math.Max(nyy, SmallestVariance);
            if (nxx > largest || nyy > largest)
            {
                return default;
            }
            double change = (Math.Abs(nxx - cxx) + Math.Abs(nyy - cyy) + Math.Abs(nxy - cxy)) / (cxx + cyy);
            (cxx, cyy, cxy) = (nxx, nyy, nxy);
            double limit = 0.999 * Math.Sqrt(cxx * cyy);
            cxy = Math.Clamp(cxy, -limit, limit);
            if (change < 1e-4 && (shiftX * shiftX) + (shiftY * shiftY) < 1e-8)
            {
                return new AdaptiveShape(x, y, cxx, cyy, cxy, true);
            }
        }
        return default;
    }
}
