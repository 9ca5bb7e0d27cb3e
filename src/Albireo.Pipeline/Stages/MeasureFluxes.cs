using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Stars;
using Albireo.Science.Calibration;
using Albireo.Science.Centroids;
using Albireo.Science.Images;
using Albireo.Science.Photometry;
using Albireo.Science.Psf;

namespace Albireo.Pipeline.Stages;

/// <summary>
/// The stage <c>measure</c>: the reference frame's stars, mapped into the frame and re-centred within bounds, through all apertures.
/// Never on resampled pixels.
/// </summary>
public static class MeasureFluxes
{
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
        FrameFluxes result = frame.Workspace.Fluxes(stars.Count, options.Radii.Count);
        for (int k = 0; k < result.RadiiPixels.Length; k++)
        {
            result.RadiiPixels[k] = options.Radii[k] * unit;
        }
        double fwhm = frame.Profile?.Fwhm ?? reference.Frame.Profile!.Value.Fwhm;
        PixelPosition[] positions = Positions(frame, stars, fwhm, options, result);
        var sums = new ApertureSums
        {
            Image = frame.Clean!,
            Mask = frame.Mask,
            Uncertainty = frame.Uncertainty,
            Raw = frame.Raw!,
            Background = frame.Background,
            Detector = frame.Noise?.Detector ?? DetectorParameters.Unknown,
            InElectrons = frame.Unit == "electron",
            Options = options,
            Scratch = use => frame.Workspace.Image(use, frame.Clean!.Width, frame.Clean.Height),
        };
        SkyAnnulus? annulus = sums.Annulus(unit);
        sums.Measure(positions, annulus, result);
        Neighbours.Estimate(positions, frame.Sources, fwhm, options.NeighbourLimit, result);
        TrailFlags.Set(positions, frame.Sources, frame.Clean!, annulus, result);
        if (frame.Profile is { } shape && shape.Elongation > options.TrailedElongation)
        {
            foreach (ref FluxQuality flags in result.Flags.AsSpan())
            {
                flags |= FluxQuality.Trailed;
            }
        }
        return frame with { Fluxes = result };
    }

    private static PixelPosition[] Positions(Frame frame, StarList stars, double fwhm, MeasureOptions options, FrameFluxes result)
    {
        CentroidRefiner? refiner = Refiner(fwhm, frame.Psf, options);
        var positions = new PixelPosition[stars.Count];
        for (int i = 0; i < positions.Length; i++)
        {
            PixelPosition mapped = frame.Match!.Transform.Apply(new PixelPosition(stars[i].X, stars[i].Y));
            positions[i] = refiner is null ? mapped : Recentred(frame, mapped, refiner, ref result.Flags[i]);
            (result.X[i], result.Y[i]) = (positions[i].X, positions[i].Y);
        }
        return positions;
    }

    /// <summary>How positions are refined, or null; without a profile of its own a frame takes a round one of its width.</summary>
    internal static CentroidRefiner? Refiner(double fwhm, PsfModel? psf, MeasureOptions options)
    {
        CentroidMethod? method = options.Recentring switch
        {
            Recentring.None => null,
            Recentring.Moments => CentroidMethod.Moments,
            Recentring.Windowed => CentroidMethod.Windowed,
            Recentring.Quadratic => CentroidMethod.Quadratic,
            Recentring.Gaussian => CentroidMethod.Gaussian,
            Recentring.Psf => CentroidMethod.Psf,
        };
        return method is { } m
            ? new CentroidRefiner(m, fwhm, options.MaximumShift * fwhm, psf ?? new MoffatPsf(fwhm, fwhm, 0, Neighbours.MoffatBeta))
            : null;
    }

    private static PixelPosition Recentred(Frame frame, PixelPosition mapped, CentroidRefiner refiner, ref FluxQuality flags)
    {
        if (!frame.Clean!.Contains(mapped.X, mapped.Y))
        {
            return mapped; // measuring will flag the edge
        }
        double sky = frame.Background!.LevelAt(mapped.X, mapped.Y);
        Centroid centroid = refiner.Refine(frame.Clean, sky, mapped, frame.Mask, frame.Background.RmsAt(mapped.X, mapped.Y));
        if (!centroid.Converged)
        {
            flags |= FluxQuality.NoCentroid;
            return mapped;
        }
        return new PixelPosition(centroid.X, centroid.Y);
    }
}
