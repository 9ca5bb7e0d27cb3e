using System.Buffers;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Photometry;

/// <summary>
/// Sums of pixels in circles about given positions, each pixel counted with the exact area f that the circle covers, minus the local
/// sky: <c>flux = Σ f·I − A·sky</c> with the variance <c>Σ f²σ² + A²·var(sky)</c>, A = πr².
/// </summary>
public static class AperturePhotometry
{
    /// <summary>Measures all stars with all radii.</summary>
    /// <param name="image">Any linear unit; NaN pixels count as bad.</param>
    /// <param name="mask">What is wrong with which pixel; null = nothing.</param>
    /// <param name="uncertainty">σ of each pixel in the image's unit (photon, read, flat and dark noise); null = errors are NaN.</param>
    /// <param name="raw">Raw counts for peaks and saturation; null = the image itself.</param>
    /// <param name="stars">Positions. NaN gives NaN and the flag no_centroid, one outside the picture NaN and edge.</param>
    /// <param name="radiiPixels">Above 0, in any order.</param>
    /// <param name="annulus">Where the sky is measured; null = it has been subtracted already.</param>
    /// <param name="flux">Receives [star, radius]. NaN where the circle leaves the picture or <paramref name="options"/> says so.</param>
    /// <param name="fluxError">Receives [star, radius].</param>
    /// <param name="sky">Receives the sky level of each star.</param>
    /// <param name="skyRms">Receives the sky noise of each star.</param>
    /// <param name="peak">Receives the greatest raw count near each star's centre.</param>
    /// <param name="flags">Receives [star, radius], or [star] (then a flag of any radius counts).</param>
    /// <param name="options">Rules; null = the defaults.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A radius is not above 0.</exception>
    public static void Measure(
        Image image,
        PixelMask? mask,
        Image? uncertainty,
        Image? raw,
        ReadOnlySpan<PixelPosition> stars,
        ReadOnlySpan<double> radiiPixels,
        SkyAnnulus? annulus,
        Span<double> flux,
        Span<double> fluxError,
        Span<float> sky,
        Span<float> skyRms,
        Span<float> peak,
        Span<FluxQuality> flags,
        ApertureOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(image);
        options ??= new ApertureOptions();
        int radii = radiiPixels.Length;
        Require.SameLength(stars.Length * radii, flux.Length);
        Require.SameLength(stars.Length * radii, fluxError.Length);
        Require.SameLength(stars.Length, sky.Length);
        Require.SameLength(stars.Length, skyRms.Length);
        Require.SameLength(stars.Length, peak.Length);
        bool flagsPerRadius = flags.Length == stars.Length * radii;
        if (!flagsPerRadius)
        {
            Require.SameLength(stars.Length, flags.Length);
        }
        RequireSameSize(image, mask?.Width, mask?.Height);
        RequireSameSize(image, uncertainty?.Width, uncertainty?.Height);
        RequireSameSize(image, raw?.Width, raw?.Height);

        // No circle of more than half the picture fits into it; what does not fit is not summed.
        double fits = Math.Min(image.Width, image.Height) / 2.0;
        double largest = Math.Min(options.PeakRadiusPixels, fits);
        foreach (double radius in radiiPixels)
        {
            Require.Positive(radius, nameof(radiiPixels));
            largest = radius <= fits ? Math.Max(largest, radius) : largest;
        }
        using var box = new ApertureBox(image, mask, uncertainty, raw, largest, options);
        using var circle = new CircleSum(largest);
        float[] scratch = ArrayPool<float>.Shared.Rent(annulus is null ? 0 : SkyRing.Capacity(image, annulus));
        int[] order = ArrayPool<int>.Shared.Rent(stars.Length);
        Order(stars, order);
        Span<FluxQuality> own = new FluxQuality[radii];
        foreach (int star in order.AsSpan(0, stars.Length))
        {
            PixelPosition position = stars[star];
            Span<double> fluxes = flux.Slice(star * radii, radii);
            Span<double> errors = fluxError.Slice(star * radii, radii);
            Span<FluxQuality> quality = flagsPerRadius ? flags.Slice(star * radii, radii) : own;
            if (!image.Contains(position.X, position.Y))
            {
                fluxes.Fill(double.NaN);
                errors.Fill(double.NaN);
                (sky[star], skyRms[star], peak[star]) = (float.NaN, float.NaN, float.NaN);
                quality.Fill(double.IsNaN(position.X + position.Y) ? FluxQuality.NoCentroid : FluxQuality.Edge);
            }
            else
            {
                SkyRing ring = annulus is null ? default : SkyRing.Measure(image, mask, position, annulus, scratch);
                sky[star] = (float)ring.Level;
                skyRms[star] = annulus is null ? float.NaN : (float)ring.Rms;
                peak[star] = Peak(raw ?? image, mask, position, options.PeakRadiusPixels);
                box.Load(position, largest);
                for (int k = 0; k < radii; k++)
                {
                    (fluxes[k], errors[k], quality[k]) = One(image, box, circle, position, radiiPixels[k], ring, options);
                }
            }
            if (!flagsPerRadius)
            {
                FluxQuality any = FluxQuality.None;
                foreach (FluxQuality one in quality)
                {
                    any |= one;
                }
                flags[star] = any;
            }
        }
        ArrayPool<float>.Shared.Return(scratch);
        ArrayPool<int>.Shared.Return(order);
    }

    /// <summary>The stars strip by strip of the picture, so that its pixels are read once; each star's result is its own.</summary>
    private static void Order(ReadOnlySpan<PixelPosition> stars, int[] order)
    {
        double[] strips = ArrayPool<double>.Shared.Rent(stars.Length);
        for (int i = 0; i < stars.Length; i++)
        {
            order[i] = i;
            strips[i] = (1e7 * Math.Floor(stars[i].Y / 64)) + stars[i].X;
        }
        Array.Sort(strips, order, 0, stars.Length);
        ArrayPool<double>.Shared.Return(strips);
    }

    private static (double Flux, double Error, FluxQuality Flags) One(
        Image image,
        ApertureBox box,
        CircleSum circle,
        PixelPosition star,
        double radius,
        SkyRing ring,
        ApertureOptions options
    )
    {
        (FluxQuality flags, double lost) = Flaws(box, radius);
        bool inside =
            star.X - radius >= -0.5
            && star.Y - radius >= -0.5
            && star.X + radius <= image.Width - 0.5
            && star.Y + radius <= image.Height - 0.5;
        if (!inside)
        {
            return (double.NaN, double.NaN, flags | FluxQuality.Edge);
        }
        double area = Math.PI * radius * radius;
        if (lost > 0 && (options.MaskedPixels == MaskedPixelRule.Undefined || area - lost < 1e-9 * area))
        {
            return (double.NaN, double.NaN, flags);
        }
        if (double.IsNaN(ring.Level))
        {
            return (double.NaN, double.NaN, flags | FluxQuality.BadPixel);
        }
        (double sum, double variance) = circle.Over(box, radius, options.ErrorRule);
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
        return (sum - (area * ring.Level), Math.Sqrt(variance), flags);
    }

    /// <summary>Flags of the circle's pixels, and the area that unusable ones take from it.</summary>
    private static (FluxQuality Flags, double LostArea) Flaws(ApertureBox box, double radius)
    {
        FluxQuality flags = FluxQuality.None;
        double lost = 0;
        foreach (ApertureBox.Oddity odd in box.Oddities)
        {
            double nearX = Math.Max(Math.Abs(odd.Dx) - 0.5, 0);
            double nearY = Math.Max(Math.Abs(odd.Dy) - 0.5, 0);
            if ((nearX * nearX) + (nearY * nearY) >= radius * radius)
            {
                continue;
            }
            flags |= FluxQualityNames.FromPixel(odd.Quality);
            lost += ApertureBox.IsUnusable(odd.Quality) ? CircleOverlap.OfPixel(odd.Dx, odd.Dy, radius) : 0;
        }
        return (flags, lost);
    }

    /// <summary>The greatest count among usable pixels whose centre is near the star; NaN if there is none.</summary>
    private static float Peak(Image counts, PixelMask? mask, PixelPosition star, double radius)
    {
        float peak = float.NaN;
        int top = (int)Math.Max(Math.Ceiling(star.Y - radius), 0);
        int bottom = (int)Math.Min(Math.Floor(star.Y + radius), counts.Height - 1);
        for (int y = top; y <= bottom; y++)
        {
            double half = Math.Sqrt(Math.Max((radius * radius) - ((y - star.Y) * (y - star.Y)), 0));
            int first = (int)Math.Max(Math.Ceiling(star.X - half), 0);
            int last = (int)Math.Min(Math.Floor(star.X + half), counts.Width - 1);
            ReadOnlySpan<float> row = counts.Row(y);
            for (int x = first; x <= last; x++)
            {
                if (!(row[x] <= peak) && float.IsFinite(row[x]) && (mask is null || !ApertureBox.IsUnusable(mask[x, y])))
                {
                    peak = row[x];
                }
            }
        }
        return peak;
    }

    private static void RequireSameSize(Image image, int? width, int? height)
    {
        if ((width ?? image.Width) != image.Width || (height ?? image.Height) != image.Height)
        {
            throw new ArgumentException(
                $"The image has {image.Width} × {image.Height} pixels, what goes with it {width} × {height}.",
                nameof(image)
            );
        }
    }
}
