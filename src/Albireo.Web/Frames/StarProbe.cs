using Albireo.Pipeline.Options;
using Albireo.Science.Centroids;
using Albireo.Science.Images;
using Albireo.Science.Numerics;
using Albireo.Science.Photometry;
using Albireo.Science.Psf;

namespace Albireo.Web.Frames;

/// <summary>What lies under the pointer: the nearest bright spot centred, its width, sky, aperture sum and radial profile.</summary>
/// <param name="FwhmPixels">Twice the radius that holds half of the light; for a Gaussian the FWHM.</param>
/// <param name="Flux">In the aperture, above the sky, in the picture's unit.</param>
/// <param name="Profile">Mean above the sky in rings of half a pixel.</param>
public sealed record StarProbe(
    double X,
    double Y,
    bool Centred,
    double FwhmPixels,
    double Sky,
    double SkyRms,
    double Flux,
    double Peak,
    bool Saturated,
    double Radius,
    double Inner,
    double Outer,
    double[] ProfileRadii,
    double[] ProfileValues
)
{
    private const int Reach = 8;
    private const double FwhmPerSigma = 2.3548200450309493;

    /// <summary>Measures about a place.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="x">Column, inside it.</param>
    /// <param name="y">Row.</param>
    /// <param name="fwhm">Expected, or NaN.</param>
    /// <param name="circles">Radii in pixels that the user has set; NaN for the recipe's.</param>
    /// <param name="options">How the run would measure.</param>
    /// <param name="saturation">Raw counts, or null.</param>
    internal static StarProbe At(
        Image image,
        double x,
        double y,
        double fwhm,
        (double Radius, double Inner, double Outer) circles,
        MeasureOptions options,
        double? saturation
    )
    {
        PixelPosition start = Brightest(image, x, y);
        double guess = double.IsFinite(fwhm) ? fwhm : 4;
        SkyRing Ring(PixelPosition at, double width)
        {
            var annulus = new SkyAnnulus(4 * width, 7 * width, options.Sky, new ClipOptions { SigmaLow = 3, SigmaHigh = 3 });
            return SkyRing.Measure(image, null, at, annulus, new float[SkyRing.Capacity(image, annulus)]);
        }
        double sky = Ring(start, guess).Level;
        Centroid centroid = WindowedCentroid.Refine(image, sky, start, guess / FwhmPerSigma, 1.5 * guess);
        var centre = new PixelPosition(centroid.X, centroid.Y);
        double half = HalfFluxDiameter.Of(image, sky, centre, 2.5 * guess);
        double width =
            double.IsFinite(fwhm) ? fwhm
            : half is > 0.5 and < 60 ? half
            : guess;
        double unit = options.RadiusUnit == RadiusUnit.Pixels ? 1 : width;
        double radius = double.IsFinite(circles.Radius) ? circles.Radius : options.Radii[options.Radii.Count / 2] * unit;
        double inner = double.IsFinite(circles.Inner) ? circles.Inner : options.AnnulusInner * unit;
        double outer = double.IsFinite(circles.Outer) ? circles.Outer : options.AnnulusOuter * unit;
        outer = Math.Max(outer, inner + 1);
        double[] flux = new double[1];
        double[] error = new double[1];
        float[] level = new float[1];
        float[] rms = new float[1];
        float[] peak = new float[1];
        AperturePhotometry.Measure(
            image,
            null,
            null,
            null,
            [centre],
            [radius],
            new SkyAnnulus(
                inner,
                outer,
                options.Sky,
                new ClipOptions { SigmaLow = options.SkyClipSigma, SigmaHigh = options.SkyClipSigma }
            ),
            flux,
            error,
            level,
            rms,
            peak,
            new FluxQuality[1]
        );
        RadialBin[] profile = RadialProfile.Of(image, level[0], centre, Math.Min(outer, 60));
        return new StarProbe(
            centre.X,
            centre.Y,
            centroid.Converged,
            half,
            level[0],
            rms[0],
            flux[0],
            peak[0],
            saturation is { } s && peak[0] >= s,
            radius,
            inner,
            outer,
            [.. profile.Select(b => b.RadiusPixels)],
            [.. profile.Select(b => b.Value)]
        );
    }

    /// <summary>The middle of the brightest 3 × 3 pixels near a place: a single hot pixel does not win.</summary>
    private static PixelPosition Brightest(Image image, double x, double y)
    {
        (int column, int row) = ((int)Math.Round(x), (int)Math.Round(y));
        (double best, PixelPosition at) = (double.NegativeInfinity, new PixelPosition(x, y));
        for (int r = Math.Max(1, row - Reach); r <= Math.Min(image.Height - 2, row + Reach); r++)
        {
            for (int c = Math.Max(1, column - Reach); c <= Math.Min(image.Width - 2, column + Reach); c++)
            {
                double sum = 0;
                for (int k = 0; k < 9; k++)
                {
                    sum += image[c - 1 + (k % 3), r - 1 + (k / 3)];
                }
                (best, at) = sum > best ? (sum, new PixelPosition(c, r)) : (best, at);
            }
        }
        return at;
    }
}
