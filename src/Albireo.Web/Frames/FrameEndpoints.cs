using System.Globalization;
using System.Security.Cryptography;
using Albireo.Fits;
using Albireo.Pipeline;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Science.Images;
using Albireo.Web.Curves;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Albireo.Web.Frames;

/// <summary>One frame: its pixels in tiles, its header, what was measured on it.</summary>
public static class FrameEndpoints
{
    private const int MostPixelsAsked = 128;

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder frame = routes.MapGroup("/api/frames/{id}");
        frame.MapGet("/picture", Facts).WithSummary("Size, code table and display limits of a frame's picture.");
        frame
            .MapGet("/tiles/{level:int}/{column:int}/{row:int}", Tile)
            .WithSummary("One tile of 512 × 512 pixels, reduced by 2^level: little-endian 16-bit codes, 0 for undefined.");
        frame.MapGet("/pixels", Pixels).WithSummary("Values of a few pixels, exact.");
        frame.MapGet("/header", Header).WithSummary("The cards as stored.");
        frame.MapGet("/probe", Probe).WithSummary("The star nearest to a place: centre, width, sky, aperture sum, radial profile.");
        frame.MapGet("/saturated", Saturated).WithSummary("The saturation level, and how many pixels reach it.");
        frame
            .MapGet("/saturated/{level:int}/{column:int}/{row:int}", SaturatedTile)
            .WithSummary("Where a tile holds saturated pixels: a bit each, the lowest first, rows begun on a byte.");
        frame.MapGet("/stars", Stars).WithSummary("What the last run measured on this frame.");
        frame.MapGet("/calibration", Calibration).WithSummary("Which masters the last run took off this frame, and with what remarks.");
    }

    private static PictureFacts Facts(string id, Workbench workbench, bool calibrated = false)
    {
        FrameInfo info = workbench.Frame(id);
        FramePicture picture = Picture(workbench, info, calibrated);
        (double? saturation, string? from) = SaturationOf(workbench, info);
        return new PictureFacts(
            id,
            SafeText.OneLine(info.Name),
            calibrated,
            picture.Version,
            picture.Image.Width,
            picture.Image.Height,
            FramePicture.TileSize,
            picture.Levels,
            picture.IsLinear,
            picture.Zero,
            picture.Scale,
            picture.First,
            picture.Last,
            picture.Least,
            picture.Greatest,
            picture.Percentiles,
            [picture.ZScale.Low, picture.ZScale.High],
            saturation,
            from,
            CalibratedPath(workbench, info) is not null,
            Changed(workbench, info)
        );
    }

    private static IResult Tile(
        string id,
        int level,
        int column,
        int row,
        Workbench workbench,
        HttpResponse response,
        string? v = null,
        bool calibrated = false
    )
    {
        FramePicture picture = Picture(workbench, workbench.Frame(id), calibrated);
        if (picture.Tile(level, column, row) is not { } tile)
        {
            return Results.NotFound(new Sentence("There is no such tile."));
        }
        return Bytes(tile, picture, v, response);
    }

    private static IResult Pixels(string id, int x, int y, int width, int height, Workbench workbench, bool calibrated = false)
    {
        Image image = Picture(workbench, workbench.Frame(id), calibrated).Image;
        (int left, int bottom) = (Math.Max(0, x), Math.Max(0, y));
        (int right, int top) = (
            Math.Min(image.Width, x + Math.Min(width, MostPixelsAsked)),
            Math.Min(image.Height, y + Math.Min(height, MostPixelsAsked))
        );
        if (right <= left || top <= bottom)
        {
            return Results.BadRequest(new Sentence("These pixels lie outside the picture."));
        }
        double[] values = new double[(right - left) * (top - bottom)];
        for (int r = bottom; r < top; r++)
        {
            for (int c = left; c < right; c++)
            {
                values[((r - bottom) * (right - left)) + c - left] = image[c, r];
            }
        }
        return Results.Json(new PixelBlock(left, bottom, right - left, top - bottom, values), WebJson.Options);
    }

    private static string[] Header(string id, Workbench workbench)
    {
        FrameInfo info = workbench.Frame(id);
        RegularFile.Require(info.Path, mayBeLink: true);
        using FitsFile file = FitsFile.Open(info.Path);
        FitsHdu hdu = info.Hdu < file.Hdus.Count ? file.Hdu(info.Hdu) : file.Hdu(0);
        return [.. hdu.Header.Select(c => SafeText.OneLine(c.Image.TrimEnd()))];
    }

    private static StarProbe Probe(
        string id,
        double x,
        double y,
        Workbench workbench,
        bool calibrated = false,
        double? radius = null,
        double? inner = null,
        double? outer = null
    )
    {
        FrameInfo info = workbench.Frame(id);
        Image image = Picture(workbench, info, calibrated).Image;
        if (!image.Contains(x, y))
        {
            throw new AlbireoException(
                Failure.Usage,
                string.Create(CultureInfo.InvariantCulture, $"({x:F1}, {y:F1}) lies outside the picture.")
            );
        }
        double fwhm = workbench.Observation.Current?.Row(info.Path)?.Profile?.Fwhm ?? double.NaN;
        var circles = (Bounded(radius, 200), Bounded(inner, 400), Bounded(outer, 500));
        return StarProbe.At(image, x, y, fwhm, circles, workbench.Recipe.Measure, SaturationOf(workbench, info).Level);
    }

    private static SaturatedPixels Saturated(string id, Workbench workbench)
    {
        FrameInfo info = workbench.Frame(id);
        (double? level, string? from) = SaturationOf(workbench, info);
        int count = 0;
        if (level is { } limit)
        {
            foreach (float pixel in Picture(workbench, info, false).Image.Pixels)
            {
                count += pixel >= limit ? 1 : 0;
            }
        }
        return new SaturatedPixels(level, from, count);
    }

    private static IResult SaturatedTile(
        string id,
        int level,
        int column,
        int row,
        Workbench workbench,
        HttpResponse response,
        string? v = null
    )
    {
        FrameInfo info = workbench.Frame(id);
        FramePicture picture = Picture(workbench, info, false);
        if (SaturationOf(workbench, info).Level is not { } limit || picture.AtLeast(limit, level, column, row) is not { } bits)
        {
            return Results.NotFound(new Sentence("There is no such tile."));
        }
        return Bytes(bits, picture, v, response);
    }

    private static IResult Bytes(byte[] bytes, FramePicture picture, string? version, HttpResponse response)
    {
        response.Headers.CacheControl = version == picture.Version ? "private, max-age=86400, immutable" : "no-store";
        return Results.Bytes(bytes, "application/octet-stream");
    }

    private static MeasuredStars Stars(string id, Workbench workbench) =>
        MeasuredStars.Of(workbench.Observation.Current, workbench.Frame(id));

    private static FrameCalibration Calibration(string id, Workbench workbench)
    {
        FrameInfo info = workbench.Frame(id);
        string[] remarks = [.. (workbench.Observation.Current?.Row(info.Path)?.Remarks ?? []).Select(SafeText.OneLine)];
        if (CalibratedPath(workbench, info) is not { } path)
        {
            return new FrameCalibration(false, [], remarks);
        }
        RegularFile.Require(path, mayBeLink: false);
        using FitsFile file = FitsFile.Open(path);
        string[] history = [.. file.Hdu(0).Header.FindAll("HISTORY").Select(c => SafeText.OneLine(c.Image[8..].Trim()))];
        int own = Array.FindLastIndex(history, h => h.Contains("calibrated from", StringComparison.Ordinal));
        return new FrameCalibration(true, own < 0 ? [] : Joined(history[own..]), remarks);
    }

    /// <summary>A hash that did not fit into its card goes on, or stands alone, in the next one.</summary>
    private static List<string> Joined(string[] lines)
    {
        const int hash = 64;
        var joined = new List<string>();
        foreach (string line in lines)
        {
            int begun = joined.Count == 0 ? 0 : joined[^1].Length - joined[^1].AsSpan().TrimEnd("0123456789abcdef").Length;
            bool isRest = joined.Count > 0 && line.Length > 0 && line.All(char.IsAsciiHexDigitLower);
            if (isRest && (line.Length == hash || begun + line.Length == hash))
            {
                joined[^1] += line.Length == hash ? " " + line : line;
            }
            else
            {
                joined.Add(line);
            }
        }
        return joined;
    }

    private static FramePicture Picture(Workbench workbench, FrameInfo info, bool calibrated) =>
        workbench.Pictures.Of(info, calibrated, CalibratedPath(workbench, info));

    /// <summary>The calibrated picture of a frame of this observation, if it was kept.</summary>
    private static string? CalibratedPath(Workbench workbench, FrameInfo info)
    {
        string? name = workbench.Observation.Current?.Row(info.Path)?.Info.Name;
        string? path =
            name is null || workbench.Observation.Folder is not { } folder ? null : Path.Combine(folder, "calibrated", name + ".fits");
        return path is not null && File.Exists(path) ? path : null;
    }

    private static (double? Level, string? From) SaturationOf(Workbench workbench, FrameInfo info)
    {
        DetectorOptions detector = workbench.Recipe.Detector;
        return detector.Saturation is { } own ? (own, "detector.saturation") : (info.Saturation?.Value, info.Saturation?.From);
    }

    /// <summary>Whether the file is another one than was measured: looked at only if it is younger than the measurement.</summary>
    private static string? Changed(Workbench workbench, FrameInfo info)
    {
        if (workbench.Observation.Current is not { } observation || observation.Row(info.Path)?.Sha256 is not { Length: > 0 } measured)
        {
            return null;
        }
        FileInfo file = RegularFile.Require(info.Path, mayBeLink: true);
        if (file.LastWriteTimeUtc <= observation.MeasuredUtc)
        {
            return null;
        }
        using FileStream stream = file.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(stream)) == measured
            ? null
            : $"{SafeText.OneLine(info.Name)} is another file than the one that was measured; run the reduction again.";
    }

    private static double Bounded(double? value, double most) =>
        value is { } v && double.IsFinite(v) ? Math.Clamp(v, 0.5, most) : double.NaN;
}
