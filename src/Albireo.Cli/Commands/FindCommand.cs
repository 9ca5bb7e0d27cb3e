using System.CommandLine;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;

namespace Albireo.Cli.Commands;

/// <summary><c>albireo find FILE -o TABLE</c>: the stars of one picture.</summary>
public static class FindCommand
{
    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "a FITS picture" };
        var output = new Option<string>("--output", "-o")
        {
            Description = "the table: .csv, .fits or .ecsv",
            HelpName = "TABLE",
            Required = true,
        };
        var method = new Option<FindMethod?>("--method")
        {
            Description = "segments, iraf, dao or peaks (default: segments)",
            HelpName = "METHOD",
        };
        var threshold = new Option<double?>("--threshold") { Description = "in σ of the background", HelpName = "SIGMA" };
        var fwhm = new Option<double?>("--fwhm") { Description = "width of the stars, pixels", HelpName = "PIXELS" };
        var background = new Option<string?>("--background")
        {
            Description = "write the sky's level and noise here",
            HelpName = "OUT.fits",
        };
        var common = new CommonOptions();
        var command = new Command("find", "The stars of one picture as a table.") { file, output, method, threshold, fwhm, background };
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            var request = new FindRequest
            {
                File = parsed.GetValue(file)!,
                Output = parsed.GetValue(output)!,
                BackgroundOutput = parsed.GetValue(background),
                Method = parsed.GetValue(method),
                ThresholdSigma = parsed.GetValue(threshold),
                FwhmPixels = parsed.GetValue(fwhm),
                Settings = common.Settings(parsed),
            };
            return Run(context, request, common.Limits(parsed), common.IsQuiet(parsed));
        });
        return command;
    }

    private static int Run(CommandContext context, FindRequest request, ResourceLimits limits, bool isQuiet)
    {
        InputFiles.RequireFile(request.File);
        OutputPath.Require("-o", request.Output, request.File);
        TableFile.RequireExtension("-o", request.Output);
        if (request.BackgroundOutput is { } background)
        {
            OutputPath.Require("--background", background, request.File);
        }
        (int stars, IReadOnlyList<string> remarks) = FindInFile.Run(request, Workers.Bands(limits.Threads));
        if (!isQuiet)
        {
            foreach (string remark in remarks)
            {
                context.Error.WriteLine(SafeText.OneLine(remark));
            }
        }
        context.Out.WriteLine(SafeText.OneLine($"{request.Output}: {stars} {(stars == 1 ? "star" : "stars")}"));
        return ExitCodes.Done;
    }
}
