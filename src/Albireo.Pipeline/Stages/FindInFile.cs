using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Science.Detection;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Stages;

/// <summary>The command <c>find</c>: the stars of one picture as a table.</summary>
public static class FindInFile
{
    /// <summary>Finds them and writes the table, and the background if it is asked for.</summary>
    /// <returns>How many, and what the user should know.</returns>
    /// <exception cref="AlbireoException">A setting does not fit, or there is no background to write.</exception>
    public static (int Stars, IReadOnlyList<string> Remarks) Run(FindRequest request, BandRunner runner)
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
        if (found.Background is null)
        {
            const string NoSky = "no sky is left between stars and undefined or saturated pixels, so that no stars can be told from it";
            remarks.Add($"{request.File}: {NoSky}.");
            if (request.BackgroundOutput is { } missing)
            {
                throw new AlbireoException(Failure.NoResult, $"{request.File}: {NoSky}; {missing} is not written.");
            }
        }
        else if (request.BackgroundOutput is { } path)
        {
            BackgroundFile.Write(path, request.File, found.Background, runner);
        }
        TableFile.Write(request.Output, "STARS", Columns(found), [$"{recipe.Detect.Method} in {Path.GetFileName(request.File)}"], runner);
        return (found.Sources.Count, remarks);
    }

    private static IReadOnlyList<ProductColumn> Columns(FoundStars found)
    {
        Source[] sources = [.. found.Sources];
        bool inThresholds = found.Own.Any(c => c.Name == "roundness1"); // DAOFIND's flux is a ratio
        string? flux = inThresholds ? null : "adu";
        return
        [
            new("id", null, Enumerable.Range(0, sources.Length).ToArray()),
            new("x", "pixel", Array.ConvertAll(sources, s => s.X)),
            new("y", "pixel", Array.ConvertAll(sources, s => s.Y)),
            new("flux", flux, Array.ConvertAll(sources, s => s.Flux)),
            new("flux_error", flux, Array.ConvertAll(sources, s => s.FluxError)),
            new("peak", "adu", Array.ConvertAll(sources, s => s.Peak)),
            new("fwhm", "pixel", Array.ConvertAll(sources, s => s.Fwhm)),
            ProductColumn.OfFlags(Array.ConvertAll(sources, s => SourceFlagNames.Bits(s.Flags)), SourceFlagNames.Text),
            .. found.Own.Select(Column),
        ];
    }

    private static ProductColumn Column(FoundColumn own) =>
        new(own.Name, own.Unit, own.IsCount ? own.Values.Select(v => (int)v).ToArray() : own.Values.ToArray());
}
