using System.Globalization;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Science.Centroids;
using Albireo.Science.Images;
using Albireo.Science.Photometry;
using Albireo.Science.Psf;

namespace Albireo.Pipeline.Stages;

/// <summary>The command <c>photometry</c>: apertures at given positions of one picture.</summary>
public static class MeasureFile
{
    /// <summary>Measures and writes the table.</summary>
    /// <returns>How many positions, and what the user should know.</returns>
    /// <exception cref="AlbireoException">A setting or the table of positions does not fit.</exception>
    public static (int Stars, IReadOnlyList<string> Remarks) Run(PhotometryRequest request, BandRunner runner)
    {
        Recipe recipe = request.Recipe();
        MeasureOptions options = recipe.Measure;
        PixelPosition[] positions = [.. PositionTable.Read(request.Positions!, allowMissing: true)];
        PictureFile picture = PictureFile.Read(request.File, recipe.Detector, runner);
        var remarks = new List<string>(Repeated(request.Positions!, positions));
        if (request.Annulus is { } a && options.RadiusUnit == RadiusUnit.Pixels && options.Radii.Max() > a.Inner)
        {
            remarks.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the sky's ring begins at {a.Inner} pixels, inside the aperture of {options.Radii.Max()}: the star's own light is taken for sky."
                )
            );
        }
        FoundStars found = FindStars.In(
            picture.Image,
            picture.Mask,
            picture.Image,
            picture.Saturation,
            recipe.Detect,
            () => new Image(picture.Image.Width, picture.Image.Height),
            runner
        );
        FrameProfile profile = FrameProfile.Of(found.Sources);
        bool needsMesh = options.SkyFrom == SkySource.Mesh || options.ErrorModel == ErrorModel.TotalError;
        if (needsMesh && found.Background is null)
        {
            throw new AlbireoException(
                Failure.NoResult,
                $"{request.File}: no sky is left between stars and undefined or saturated pixels, so that there is no mesh to take the sky from; use --annulus."
            );
        }
        if (picture.Noise.Detector.GainElectronsPerAdu is null)
        {
            remarks.Add($"{request.File}: the gain is not known, so that there are no errors; give it with --gain.");
        }
        // With a gain and no read noise, the noise of the sky is measured.
        bool lacksReadNoise = picture.Uncertainty is null && picture.Noise.Detector.GainElectronsPerAdu is not null;
        if (lacksReadNoise && options.ErrorModel == ErrorModel.Pixels && found.Background is not null)
        {
            options = options with { ErrorModel = ErrorModel.TotalError };
            remarks.Add($"{request.File}: the read noise is not known; errors take the noise that is measured on the sky.");
        }
        double fwhm = profile.StarCount > 0 ? profile.Fwhm : double.NaN;
        double[] radii = Radii(request, options, fwhm);
        var result = new FrameFluxes(positions.Length, radii);
        Recentre(picture, found, fwhm, options, positions, result);
        var sums = new ApertureSums
        {
            Image = picture.Image,
            Mask = picture.Mask,
            Uncertainty = picture.Uncertainty,
            Raw = picture.Image,
            Background = found.Background,
            Detector = picture.Noise.Detector,
            Options = options,
            Scratch = _ => new Image(picture.Image.Width, picture.Image.Height),
        };
        SkyAnnulus? annulus = request.Annulus is null ? null : Ring(() => sums.Annulus(1));
        if (request.Shape.Kind == ApertureKind.Circle)
        {
            sums.Measure(positions, annulus, result);
        }
        else
        {
            ShapedSums.Measure(sums, request.Shape, request.Annulus, positions, result);
        }
        Neighbours.Estimate(positions, found.Sources, fwhm, options.NeighbourLimit, result);
        TrailFlags.Set(positions, found.Sources, picture.Image, annulus, result);
        TableFile.Write(
            request.Output,
            "PHOTOMETRY",
            Columns(request, positions, result),
            [$"{request.Shape.Kind} apertures in {Path.GetFileName(request.File)}"]
        );
        return (positions.Length, remarks);
    }

    /// <summary>An annulus whose radii do not fit is the user's word.</summary>
    private static SkyAnnulus? Ring(Func<SkyAnnulus?> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new AlbireoException(Failure.Usage, "--annulus: " + e.Message.Split(" (Parameter", StringSplitOptions.None)[0], e);
        }
    }

    private static double[] Radii(PhotometryRequest request, MeasureOptions options, double fwhm)
    {
        if (options.RadiusUnit == RadiusUnit.Pixels)
        {
            return [.. options.Radii];
        }
        return double.IsFinite(fwhm)
            ? [.. options.Radii.Select(r => r * fwhm)]
            : throw new AlbireoException(
                Failure.NoResult,
                $"{request.File}: no star is good enough to measure the FWHM; give radii in pixels with --radii."
            );
    }

    private static void Recentre(
        PictureFile picture,
        FoundStars found,
        double fwhm,
        MeasureOptions options,
        PixelPosition[] positions,
        FrameFluxes result
    )
    {
        CentroidRefiner? refiner = MeasureFluxes.Refiner(double.IsFinite(fwhm) ? fwhm : 3, null, options);
        for (int i = 0; i < positions.Length; i++)
        {
            if (refiner is not null && picture.Image.Contains(positions[i].X, positions[i].Y))
            {
                double sky = found.Background?.LevelAt(positions[i].X, positions[i].Y) ?? 0;
                Centroid centroid = refiner.Refine(picture.Image, sky, positions[i], picture.Mask);
                result.Flags[i] |= centroid.Converged ? FluxQuality.None : FluxQuality.NoCentroid;
                positions[i] = new PixelPosition(centroid.X, centroid.Y);
            }
            (result.X[i], result.Y[i]) = (positions[i].X, positions[i].Y);
        }
    }

    private static IEnumerable<string> Repeated(string path, PixelPosition[] positions)
    {
        var seen = new Dictionary<PixelPosition, int>();
        for (int i = 0; i < positions.Length; i++)
        {
            if (double.IsFinite(positions[i].X + positions[i].Y) && !seen.TryAdd(positions[i], i))
            {
                yield return $"{path}: positions {seen[positions[i]]} and {i} are the same; both are measured.";
            }
        }
    }

    private static List<ProductColumn> Columns(PhotometryRequest request, PixelPosition[] positions, FrameFluxes result)
    {
        int n = positions.Length;
        string[] names =
            request.Radii.Count > 0
                ? [.. request.Radii]
                : [.. result.RadiiPixels.Select(r => r.ToString("0.###", CultureInfo.InvariantCulture))];
        var columns = new List<ProductColumn>
        {
            new("id", null, Enumerable.Range(0, n).ToArray()),
            new("x", "pixel", result.X),
            new("y", "pixel", result.Y),
        };
        double[] Of<T>(IReadOnlyList<T> values, int radius, Func<T, double> number) =>
            [.. Enumerable.Range(0, n).Select(i => number(values[(i * names.Length) + radius]))];
        for (int k = 0; k < names.Length; k++)
        {
            columns.Add(new($"sum_{names[k]}", "adu", Of(result.Flux, k, v => v)));
            columns.Add(new($"error_{names[k]}", "adu", Of(result.FluxError, k, v => v)));
        }
        columns.Add(new("sky", "adu", Array.ConvertAll(result.Sky, s => (double)s)));
        columns.Add(new("sky_rms", "adu", Array.ConvertAll(result.SkyRms, s => (double)s)));
        columns.Add(ProductColumn.OfFlags(Array.ConvertAll(result.Flags, f => (uint)f), f => ((FluxQuality)f).Text()));
        for (int k = 0; k < names.Length && request.ZeroPoint is not null; k++)
        {
            double[] flux = Of(result.Flux, k, v => v);
            double[] error = Of(result.FluxError, k, v => v);
            columns.Add(new($"mag_{names[k]}", "mag", Array.ConvertAll(flux, f => Magnitudes.Of(f, request.ZeroPoint.Value))));
            columns.Add(new($"mag_error_{names[k]}", "mag", flux.Zip(error, Magnitudes.ErrorOf).ToArray()));
        }
        columns.Add(new("peak", "adu", Array.ConvertAll(result.Peak, p => (double)p)));
        for (int k = 0; k < names.Length; k++)
        {
            columns.Add(new($"contamination_{names[k]}", null, Of(result.Contamination, k, v => v)));
        }
        return columns;
    }
}
