using Albireo.Science.Centroids;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Psf;

/// <summary>Refines centres by any of the methods, with radii that suit stars of one width.</summary>
/// <param name="Method">Which.</param>
/// <param name="FwhmPixels">Width of the frame's stars.</param>
/// <param name="MaximumShiftPixels">Farthest that a centre may move; beyond it the start is kept and said so.</param>
/// <param name="Psf">The frame's profile; needed by <see cref="CentroidMethod.Psf"/> only.</param>
public sealed record CentroidRefiner(CentroidMethod Method, double FwhmPixels, double MaximumShiftPixels, PsfModel? Psf = null)
{
    /// <summary>Refines one centre.</summary>
    /// <param name="image">The picture; NaN pixels are left out.</param>
    /// <param name="sky">Level under the star (fits find their own).</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="mask">Bad, cosmic-ray and undefined pixels are left out.</param>
    /// <param name="noise">σ of the background; NaN: fits take it from their residuals.</param>
    /// <exception cref="InvalidOperationException">A fit of the profile is asked for and none is given.</exception>
    public Centroid Refine(Image image, double sky, PixelPosition start, PixelMask? mask = null, double noise = double.NaN)
    {
        Require.Positive(FwhmPixels);
        double radius = Math.Max(3, 1.5 * FwhmPixels);
        return Method switch
        {
            CentroidMethod.Moments => MomentsCentroid.Refine(image, sky, start, radius, MaximumShiftPixels, mask),
            CentroidMethod.Windowed => WindowedCentroid.Refine(
                image,
                sky,
                start,
                FwhmPixels / MatchedFilter.GaussianFwhm,
                MaximumShiftPixels,
                mask
            ),
            CentroidMethod.Quadratic => QuadraticCentroid.Refine(
                image,
                start,
                Math.Min(radius, MaximumShiftPixels),
                MaximumShiftPixels,
                mask
            ),
            CentroidMethod.Gaussian => GaussianCentroid.Refine(image, start, FwhmPixels, 2 * FwhmPixels, MaximumShiftPixels, mask),
            CentroidMethod.Psf => ByPsf(image, start, mask, noise),
        };
    }

    private Centroid ByPsf(Image image, PixelPosition start, PixelMask? mask, double noise)
    {
        PsfModel psf = Psf ?? throw new InvalidOperationException("A centroid by PSF fit needs the frame's profile.");
        var options = new PsfFitOptions
        {
            RadiusPixels = Math.Max(4, 2 * FwhmPixels),
            MaximumShiftPixels = MaximumShiftPixels,
            Noise = noise,
        };
        PsfPositionFit fit = PsfFitter.FitPosition(image, mask, psf, start, options);
        return new Centroid(fit.X, fit.Y, fit.Converged);
    }
}
