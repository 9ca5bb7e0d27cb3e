using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Stars;
using Albireo.Science.Centroids;
using Albireo.Science.Images;
using Albireo.Science.Numerics;
using Albireo.Science.Photometry;

namespace Albireo.Pipeline.Stages;

/// <summary>
/// The stage <c>measure</c>: the reference frame's stars, mapped into the frame and re-centred within bounds, through all apertures.
/// Never on resampled pixels.
/// </summary>
public static class MeasureFluxes
{
    private const double FwhmPerSigma = 2.3548200450309493; // 2 √(2 ln 2)

    public static FrameStep Step(ReferenceFrame reference, StarList stars, Recipe recipe) =>
        new("measure", frame => Run(frame, reference, stars, recipe.Measure));

    private static Frame Run(Frame frame, ReferenceFrame reference, StarList stars, MeasureOptions options)
    {
        double unit = options.RadiusUnit switch
        {
            RadiusUnit.Pixels => 1,
            RadiusUnit.ReferenceFwhm => reference.Frame.Profile!.Value.Fwhm,
            RadiusUnit.FrameFwhm => frame.Profile is { } profile ? profile.Fwhm : double.NaN,
        };
        if (double.IsNaN(unit))
        {
            return frame.Discard("no star is good enough to measure the frame's FWHM.");
        }
        double[] radii = [.. options.Radii.Select(r => r * unit)];
        var result = new FrameFluxes(stars.Count, radii);
        var positions = new PixelPosition[stars.Count];
        double fwhm = frame.Profile?.Fwhm ?? reference.Frame.Profile!.Value.Fwhm;
        for (int i = 0; i < stars.Count; i++)
        {
            PixelPosition mapped = frame.Match!.Transform.Apply(new PixelPosition(stars[i].X, stars[i].Y));
            positions[i] = options.Recentring == Recentring.None ? mapped : Recentred(frame, mapped, fwhm, options, ref result.Flags[i]);
            (result.X[i], result.Y[i]) = (positions[i].X, positions[i].Y);
        }
        var flags = new FluxQuality[stars.Count];
        AperturePhotometry.Measure(
            frame.Clean!,
            frame.Mask,
            frame.Uncertainty,
            frame.Raw,
            positions,
            radii,
            new SkyAnnulus(
                options.AnnulusInner * unit,
                options.AnnulusOuter * unit,
                options.Sky,
                new ClipOptions { SigmaLow = options.SkyClipSigma, SigmaHigh = options.SkyClipSigma }
            ),
            result.Flux,
            result.FluxError,
            result.Sky,
            result.SkyRms,
            result.Peak,
            flags
        );
        for (int i = 0; i < flags.Length; i++)
        {
            result.Flags[i] |= flags[i];
        }
        return frame with { Fluxes = result };
    }

    private static PixelPosition Recentred(Frame frame, PixelPosition mapped, double fwhm, MeasureOptions options, ref FluxQuality flags)
    {
        if (!frame.Clean!.Contains(mapped.X, mapped.Y))
        {
            return mapped; // measuring will flag the edge
        }
        double sky = frame.Background!.LevelAt(mapped.X, mapped.Y);
        Centroid centroid = WindowedCentroid.Refine(frame.Clean, sky, mapped, fwhm / FwhmPerSigma, options.MaximumShift * fwhm);
        if (!centroid.Converged)
        {
            flags |= FluxQuality.NoCentroid;
            return mapped;
        }
        return new PixelPosition(centroid.X, centroid.Y);
    }
}
