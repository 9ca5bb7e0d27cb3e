using System.CommandLine;
using System.Globalization;
using Albireo.Pipeline;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Stages;
using Albireo.Science.Calibration;
using Albireo.Science.Numerics;

namespace Albireo.Cli.Commands;

/// <summary><c>albireo stats FILE...</c>: what the pixels of pictures come to.</summary>
public static class StatsCommand
{
    private static readonly string[] Columns = ["file", "shape", "type", "undefined", "min", "max", "mean", "median", "std", "mode"];

    public static Command Create(CommandContext context)
    {
        Argument<string[]> files = PathArguments.Many("FILE", "FITS files");
        var region = new Option<string?>("--region") { Description = "half-open, 0-based columns and rows", HelpName = "x0:x1,y0:y1" };
        var clip = new Option<double?>("--clip")
        {
            Description = "leave out pixels further than this from the median, in σ",
            HelpName = "SIGMA",
        };
        var mask = new Option<bool>("--mask-sources") { Description = "leave out stars and what surrounds them" };
        var json = new Option<bool>("--json") { Description = "one JSON object a file" };
        var command = new Command("stats", "Shape, type, min, max, mean, median, std and mode.") { files, region, clip, mask, json };
        command.SetAction(parsed =>
        {
            PixelRegion? part = RegionArgument.Parse(parsed.GetValue(region));
            ClipOptions? clipping = Clipping(parsed.GetValue(clip));
            return Run(context, parsed.GetValue(files)!, part, clipping, parsed.GetValue(mask), parsed.GetValue(json));
        });
        return command;
    }

    private static int Run(CommandContext context, string[] files, PixelRegion? region, ClipOptions? clip, bool maskSources, bool json)
    {
        var rows = new List<FileStatistics>();
        int code = FileLoop.Run(
            context,
            files,
            file =>
            {
                FileStatistics row = FileStatistics.Of(file, region, clip, maskSources, context.Cancellation);
                foreach (string warning in row.Warnings)
                {
                    context.Error.WriteLine(SafeText.OneLine($"{file}: {warning.TrimEnd('.')}."));
                }
                if (json)
                {
                    context.Out.WriteLine(row.ToJson());
                }
                rows.Add(row);
                if (row.Pixels.Count == 0 && row.Pixels.UndefinedCount == row.Pixels.Width * row.Pixels.Height)
                {
                    throw new AlbireoException(Failure.Input, $"{file}: {CountDoubts.Undefined}");
                }
            }
        );
        if (!json && rows.Count > 0)
        {
            TextTable.Write(context, Columns, rows.Select(Cells));
        }
        return code;
    }

    private static IReadOnlyList<string?> Cells(FileStatistics row) =>
        [
            row.File,
            string.Join(" × ", row.Shape),
            row.Type,
            row.Pixels.UndefinedCount.ToString(CultureInfo.InvariantCulture),
            .. new[]
            {
                row.Pixels.Minimum,
                row.Pixels.Maximum,
                row.Pixels.Mean,
                row.Pixels.Median,
                row.Pixels.StandardDeviation,
                row.Pixels.Mode,
            }.Select(v => CsvText.Number(v, "G8")),
        ];

    private static ClipOptions? Clipping(double? sigma) =>
        sigma is not { } s ? null
        : s > 0 && double.IsFinite(s) ? new ClipOptions { SigmaLow = s, SigmaHigh = s }
        : throw new AlbireoException(Failure.Usage, $"--clip {s}: expected a number above 0.");
}
