using Albireo.Fits;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Science.Background;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Photometry;
using Albireo.Science.Psf;

namespace Albireo.Pipeline.Stages;

/// <summary>The command <c>photometry --psf</c>: all stars of one picture fitted with its own profile, those that touch together.</summary>
public static class PsfOfFile
{
    /// <summary>Fits the stars, and writes the table and what is left of the picture.</summary>
    /// <returns>How many stars, and what the user should know.</returns>
    /// <exception cref="AlbireoException">The picture has no stars that a profile could be made of.</exception>
    public static (int Stars, IReadOnlyList<string> Remarks) Run(PhotometryRequest request, BandRunner runner)
    {
        Recipe recipe = request.Recipe();
        PictureFile picture = PictureFile.Read(request.File, recipe.Detector, runner);
        FoundStars found = FindStars.In(
            picture.Image,
            picture.Mask,
            picture.Image,
            picture.Saturation,
            recipe.Detect,
            () => new Image(picture.Image.Width, picture.Image.Height),
            runner
        );
        var remarks = new List<string>();
        PixelPosition[] given = request.Positions is { } table ? [.. PositionTable.Read(table, allowMissing: true)] : [];
        double gain = picture.Noise.Detector.GainElectronsPerAdu ?? double.NaN;
        if (double.IsNaN(gain))
        {
            remarks.Add($"{request.File}: the gain is not known; errors leave out the stars' own photon noise. Give it with --gain.");
        }
        CrowdedFieldResult? result = found.Background is { } sky
            ? CrowdedField.Measure(
                picture.Image,
                picture.Mask,
                picture.Saturation,
                found.Sources,
                sky,
                given,
                new CrowdedFieldOptions
                {
                    Detection = recipe.Detect.Stars,
                    Background = recipe.Detect.Background,
                    Gain = gain,
                    MaximumShiftFwhm = recipe.Measure.MaximumShift,
                },
                runner
            )
            : null;
        if (result is null)
        {
            throw new AlbireoException(
                Failure.NoResult,
                $"{request.File}: {found.Sources.Count} sources were found and none is good enough to make a profile of."
            );
        }
        if (result.ProfileStars == 0)
        {
            remarks.Add($"{request.File}: fewer than three clean stars; a Moffat profile stands in for the picture's own.");
        }
        if (result.Merged + result.TooFaint > 0)
        {
            remarks.Add(
                $"{request.File}: {result.Merged} sources lay on a brighter star and {result.TooFaint} were lost in the noise; they are not in the table."
            );
        }
        PsfModel psf = result.Psf;
        PsfStar[] stars = request.Positions is null ? [.. result.Stars] : [.. result.Stars.Take(given.Length)];
        PixelPosition[] positions = request.Positions is null ? Array.ConvertAll(stars, s => new PixelPosition(s.X, s.Y)) : given;
        TableFile.Write(
            request.Output,
            "PHOTOMETRY",
            Columns(request, picture, found, result.Background, positions, stars, psf.Fwhm),
            [
                FormattableString.Invariant(
                    $"profile of FWHM {psf.FwhmMajor:F3} x {psf.FwhmMinor:F3} pixels in {Path.GetFileName(request.File)}"
                ),
            ]
        );
        if (request.Residual is { } residual)
        {
            WriteResidual(residual, picture, result.Residual, result.Stars.Count);
        }
        return (positions.Length, remarks);
    }

    private static List<ProductColumn> Columns(
        PhotometryRequest request,
        PictureFile picture,
        FoundStars found,
        BackgroundMap background,
        PixelPosition[] positions,
        PsfStar[] stars,
        double fwhm
    )
    {
        FluxQuality[] quality = [.. stars.Select((s, i) => FlagsOf(picture, positions[i], s, fwhm))];
        TrailFlags.Set(positions, found.Sources, picture.Image, fwhm, annulus: null, quality);
        uint[] flags = Array.ConvertAll(quality, f => (uint)f);
        double Sky(PsfStar s, Func<double, double, double> at) => double.IsFinite(s.X + s.Y) ? at(s.X, s.Y) : double.NaN;
        var columns = new List<ProductColumn>
        {
            new("id", null, Enumerable.Range(0, stars.Length).ToArray()),
            new("x", "pixel", Array.ConvertAll(stars, s => s.X)),
            new("y", "pixel", Array.ConvertAll(stars, s => s.Y)),
            new("flux", "adu", Array.ConvertAll(stars, s => s.Flux)),
            new("flux_error", "adu", Array.ConvertAll(stars, s => s.FluxError)),
            new("sky", "adu", Array.ConvertAll(stars, s => Sky(s, background.LevelAt))),
            new("sky_rms", "adu", Array.ConvertAll(stars, s => Sky(s, background.RmsAt))),
            ProductColumn.OfFlags(flags, f => ((FluxQuality)f).Text()),
            new("x_error", "pixel", Array.ConvertAll(stars, s => s.XError)),
            new("y_error", "pixel", Array.ConvertAll(stars, s => s.YError)),
            new("reduced_chi2", null, Array.ConvertAll(stars, s => s.ReducedChiSquare)),
            new("group", null, Array.ConvertAll(stars, s => s.Group)),
        };
        if (request.ZeroPoint is { } zero)
        {
            columns.Add(new("mag", "mag", Array.ConvertAll(stars, s => Magnitudes.Of(s.Flux, zero))));
            columns.Add(new("mag_error", "mag", Array.ConvertAll(stars, s => Magnitudes.ErrorOf(s.Flux, s.FluxError))));
        }
        return columns;
    }

    /// <summary>What is wrong with the pixels within a FWHM, and with the fit.</summary>
    private static FluxQuality FlagsOf(PictureFile picture, PixelPosition given, PsfStar star, double fwhm)
    {
        if (!double.IsFinite(given.X + given.Y))
        {
            return FluxQuality.NoCentroid;
        }
        if (!picture.Image.Contains(given.X, given.Y))
        {
            return FluxQuality.Edge | FluxQuality.NoCentroid;
        }
        FluxQuality flags = star.Outcome == PsfOutcome.Fitted ? FluxQuality.None : FluxQuality.NoCentroid;
        for (int y = (int)Math.Ceiling(star.Y - fwhm); y <= star.Y + fwhm; y++)
        {
            for (int x = (int)Math.Ceiling(star.X - fwhm); x <= star.X + fwhm; x++)
            {
                bool inside = x >= 0 && y >= 0 && x < picture.Image.Width && y < picture.Image.Height;
                PixelQuality quality = inside && picture.Mask is { } mask ? mask[x, y] : PixelQuality.None;
                flags |= inside ? FluxQuality.None : FluxQuality.Edge;
                flags |= quality.HasFlag(PixelQuality.Saturated) ? FluxQuality.Saturated : FluxQuality.None;
                flags |= quality.HasFlag(PixelQuality.Nonlinear) ? FluxQuality.Nonlinear : FluxQuality.None;
                flags |= quality.HasFlag(PixelQuality.Undefined) ? FluxQuality.BadPixel : FluxQuality.None;
            }
        }
        return flags;
    }

    private static void WriteResidual(string path, PictureFile picture, Image residual, int stars)
    {
        FitsHeader header = picture.Header.Clone();
        foreach (string keyword in (string[])["EXTNAME", "EXTVER", "EXTLEVEL", "INHERIT"])
        {
            header.Remove(keyword);
        }
        header.Set("BUNIT", "adu", "unit of the pixels");
        header.AddHistory(ObservationFileText.Escaped($"{ProgramVersion.Text}: background and {stars} fitted stars taken off"));
        using FitsOutput output = FitsOutput.Create(path, flushToDisk: true);
        output.AddImage(header, [residual.Height, residual.Width], (ReadOnlySpan<float>)residual.Pixels);
        output.Commit();
    }
}
