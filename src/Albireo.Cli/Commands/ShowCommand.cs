using System.CommandLine;
using Albireo.Pipeline;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Plots;
using Albireo.Pipeline.Products;
using Albireo.Science.Images;

namespace Albireo.Cli.Commands;

/// <summary><c>albireo show FILE... -o IMAGE.png</c>: frames as one picture.</summary>
public static class ShowCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string[]> files = PathArguments.Many("FILE", "FITS files; several are shown side by side");
        var output = new Option<string>("--output", "-o")
        {
            Description = "the PNG file",
            Required = true,
            HelpName = "IMAGE.png",
        };
        var percentiles = new Option<string?>("--percentiles")
        {
            Description = "black and white at these percentiles (default: 5,95)",
            HelpName = "LOW,HIGH",
        };
        var zscale = new Option<bool>("--zscale") { Description = "black and white as IRAF's zscale" };
        var limits = new Option<string?>("--limits") { Description = "black and white at these values", HelpName = "LOW,HIGH" };
        var stretch = new Option<StretchCurve>("--stretch") { Description = "linear, asinh or log", HelpName = "CURVE" };
        var flip = new Option<bool>("--flip") { Description = "first row at the top" };
        var mirror = new Option<bool>("--mirror") { Description = "first column at the right" };
        var at = new Option<string?>("--at") { Description = "circles at the x,y of this table", HelpName = "POSITIONS.csv" };
        var radius = new Option<double>("--radius")
        {
            Description = "of the circles, pixels",
            DefaultValueFactory = _ => 10,
            HelpName = "PIXELS",
        };
        var command = new Command("show", "Frames as a PNG picture.")
        {
            files,
            output,
            percentiles,
            zscale,
            limits,
            stretch,
            flip,
            mirror,
            at,
            radius,
        };
        command.SetAction(parsed =>
        {
            string[] ranges =
            [
                .. new Option[] { zscale, limits, percentiles }
                    .Where(o => parsed.GetResult(o) is { Implicit: false })
                    .Select(o => o.Name),
            ];
            if (ranges.Length > 1)
            {
                throw new AlbireoException(
                    Failure.Usage,
                    $"{string.Join(" and ", ranges)} both say what is black and white; one of them is enough."
                );
            }
            var options = new ShowOptions
            {
                Range =
                    parsed.GetValue(zscale) ? new ShowRange.ZScale()
                    : Pair("--limits", parsed.GetValue(limits)) is { } fixedLimits ? new ShowRange.Fixed(fixedLimits.Low, fixedLimits.High)
                    : Pair("--percentiles", parsed.GetValue(percentiles), 0, 100) is { } p ? new ShowRange.Percentiles(p.Low, p.High)
                    : new ShowRange.Percentiles(),
                Curve = parsed.GetValue(stretch),
                FlipVertical = parsed.GetValue(flip),
                FlipHorizontal = parsed.GetValue(mirror),
                CircleRadiusPixels = parsed.GetValue(radius) is > 0 and var r
                    ? r
                    : throw new AlbireoException(Failure.Usage, $"--radius {parsed.GetValue(radius)}: expected a number above 0."),
            };
            string? table = parsed.GetValue(at);
            string[] pictures = parsed.GetValue(files)!;
            OutputPath.Require("-o", parsed.GetValue(output)!, table is null ? pictures : [.. pictures, table]);
            IReadOnlyList<PixelPosition> circles = table is null ? [] : PositionTable.Read(table);
            return Run(context, pictures, parsed.GetValue(output)!, options, circles);
        });
        return command;
    }

    private static int Run(CommandContext context, string[] files, string output, ShowOptions options, IReadOnlyList<PixelPosition> circles)
    {
        var frames = new List<ShownImage>();
        int code = FileLoop.Run(
            context,
            files,
            file => frames.Add(new ShownImage(FrameReader.ReadImage(file).Image, Path.GetFileName(file)) { Circles = circles })
        );
        if (frames.Count == 0)
        {
            return code;
        }
        TextProduct.Write(output, stream => ShowImages.Write(stream, frames, options));
        return code;
    }

    private static (double Low, double High)? Pair(
        string option,
        string? text,
        double least = double.NegativeInfinity,
        double most = double.PositiveInfinity
    )
    {
        if (text is null)
        {
            return null;
        }
        return
            text.Split(',') is [{ } a, { } b]
            && double.TryParse(a, out double low)
            && double.TryParse(b, out double high)
            && double.IsFinite(high - low)
            && low < high
            && low >= least
            && high <= most
            ? (low, high)
            : throw new AlbireoException(
                Failure.Usage,
                $"{option} {text}: expected two numbers LOW,HIGH{(double.IsFinite(most) ? $" from {least} to {most}" : "")} with LOW below HIGH."
            );
    }
}
