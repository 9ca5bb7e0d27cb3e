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
