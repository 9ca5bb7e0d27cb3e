using Albireo.Science.Images;

namespace Albireo.Science.Photometry;

/// <summary>One measurement with an aperture of any shape.</summary>
/// <param name="Flux">Σ f·I − A·sky; NaN where the shape leaves the picture or the rule for masked pixels says so.</param>
/// <param name="Error">√(Σ f²σ² + A²·var(sky)); NaN without uncertainties.</param>
/// <param name="AreaPixels">The area A that was summed: without masked pixels where these are left out.</param>
/// <param name="Flags">What is wrong.</param>
public readonly record struct ApertureSum(double Flux, double Error, double AreaPixels, FluxQuality Flags)
{
    /// <summary>
    /// Measures one star. For circles, <see cref="AperturePhotometry"/> does the same for many stars and radii, and much faster.
    /// </summary>
    /// <param name="image">Any linear unit; NaN pixels count as bad.</param>
    /// <param name="mask">What is wrong with which pixel; null = nothing.</param>
    /// <param name="uncertainty">σ of each pixel; null = the error is NaN.</param>
    /// <param name="star">NaN gives NaN and the flag no_centroid.</param>
    /// <param name="aperture">The shape.</param>
    /// <param name="sky">Sky level and its variance; null = it has been subtracted already.</param>
    /// <param name="options">Rules; null = the defaults. Saturation is taken from the mask only.</param>
    public static ApertureSum Measure(
        Image image,
        PixelMask? mask,
        Image? uncertainty,
        PixelPosition star,
        Aperture aperture,
        SkyRing? sky = null,
        ApertureOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(aperture);
        options ??= new ApertureOptions();
        (double reachX, double reachY) = (aperture.ReachX, aperture.ReachY);
        if (double.IsNaN(star.X + star.Y))
        {
            return new ApertureSum(double.NaN, double.NaN, double.NaN, FluxQuality.NoCentroid);
        }
        bool inside =
            star.X - reachX >= -0.5
            && star.Y - reachY >= -0.5
            && star.X + reachX <= image.Width - 0.5
            && star.Y + reachY <= image.Height - 0.5;
        if (!inside)
        {
            return new ApertureSum(double.NaN, double.NaN, double.NaN, FluxQuality.Edge);
        }
        double sum = 0;
        double variance = uncertainty is null ? double.NaN : 0;
        double lost = 0;
        FluxQuality flags = FluxQuality.None;
        int bottom = Math.Min((int)Math.Floor(star.Y + reachY + 0.5), image.Height - 1);
        int right = Math.Min((int)Math.Floor(star.X + reachX + 0.5), image.Width - 1);
        for (int y = Math.Max((int)Math.Ceiling(star.Y - reachY - 0.5), 0); y <= bottom; y++)
        {
            for (int x = Math.Max((int)Math.Ceiling(star.X - reachX - 0.5), 0); x <= right; x++)
            {
                double f = aperture.OverlapOfPixel(x - star.X, y - star.Y);
                if (f <= 0)
                {
                    continue;
                }
                PixelQuality quality = mask is null ? PixelQuality.None : mask[x, y];
                quality |= float.IsFinite(image[x, y]) ? PixelQuality.None : PixelQuality.Undefined;
                flags |= FluxQualityNames.FromPixel(quality);
                if (ApertureBox.IsUnusable(quality))
                {
                    lost += f;
                    continue;
                }
                sum += f * image[x, y];
                if (uncertainty is not null)
                {
                    double square = (double)uncertainty[x, y] * uncertainty[x, y];
                    variance += (options.ErrorRule == FluxErrorRule.FractionSquared ? f * f : f) * square;
                }
            }
        }
        double area = aperture.AreaPixels;
        SkyRing ring = sky ?? default;
        if (lost > 0 && (options.MaskedPixels == MaskedPixelRule.Undefined || area - lost < 1e-9 * area))
        {
            return new ApertureSum(double.NaN, double.NaN, double.NaN, flags);
        }
        if (double.IsNaN(ring.Level))
        {
            return new ApertureSum(double.NaN, double.NaN, double.NaN, flags | FluxQuality.BadPixel);
        }
        if (lost > 0 && options.MaskedPixels == MaskedPixelRule.AreaCorrected)
        {
            double scale = area / (area - lost);
            sum *= scale;
            variance *= scale * scale;
        }
        else
        {
            area -= lost;
        }
        variance += options.SkyError ? area * area * ring.Variance : 0;
        return new ApertureSum(sum - (area * ring.Level), Math.Sqrt(variance), area, flags);
    }
}
