using Albireo.Pipeline;
using Albireo.Pipeline.Export;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Web.Frames;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Albireo.Web.Exports;

/// <summary>The curve in other people's formats, written to OUT/export and from there to wherever the browser keeps downloads.</summary>
public static class ExportEndpoints
{
    private const int Shown = 4000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/exports", Write).WithSummary("Writes OUT/export/FORMAT.…: albireo export.");
        routes.MapGet("/api/exports/{format}", Download).WithSummary("The file that was written last in a format.");
    }

    private static async Task<ExportMade> Write(ExportAsked asked, Workbench workbench)
    {
        string folder = Folder(workbench);
        string path = PathOf(folder, asked.Format);
        Setting[] settings = [.. (asked.Settings ?? []).Select(s => s.ToSetting())];
        string command = CommandLine.Join([
            "albireo",
            "export",
            folder,
            "--format",
            asked.Format,
            "-o",
            path,
            .. CommandLine.Sets(settings),
        ]);
        (_, Task<IReadOnlyList<string>> result) = workbench.Jobs.Start(
            "export",
            command,
            (_, _) =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                return LateStages.Export(folder, asked.Format, path, settings);
            },
            _ => [path]
        );
        IReadOnlyList<string> messages = await result;
        string text = await File.ReadAllTextAsync(path);
        return new ExportMade(asked.Format, Path.GetFileName(path), messages, text.Length > Shown ? text[..Shown] + "…" : text, command);
    }

    private static IResult Download(string format, Workbench workbench)
    {
        FileInfo file = RegularFile.Require(PathOf(Folder(workbench), format), mayBeLink: false);
        return Results.File(file.OpenRead(), "text/plain; charset=utf-8", file.Name);
    }

    private static string Folder(Workbench workbench) =>
        workbench.Observation.Folder ?? throw new AlbireoException(Failure.NoResult, "There is no light curve to export yet.");

    /// <summary>The name is ours: a request names a format, never a path.</summary>
    private static string PathOf(string folder, string format)
    {
        ExportFormats.Require(format);
        string ending = format switch
        {
            "ds9" => ".reg",
            "radec" => ".radec",
            "astroimagej" => ".tbl",
            "exofast" => ".dat",
            "table" => ".ecsv",
            _ => ".txt",
        };
        return Path.Combine(folder, "export", format + ending);
    }
}
