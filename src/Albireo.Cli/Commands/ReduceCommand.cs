using System.CommandLine;
using Albireo.Pipeline;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stars;

namespace Albireo.Cli.Commands;

/// <summary><c>albireo reduce NIGHT... -o OUT</c>: raw frames → light curve and report.</summary>
public static class ReduceCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string[]> nights = PathArguments.Many("NIGHT", "folders or files of raw frames");
        var output = new Option<string>("--output", "-o")
        {
            Description = "the folder for all products",
            Required = true,
            HelpName = "OUT",
        };
        var target = Star("--target", "the star whose curve is wanted");
        var comparison = new Option<string[]>("--comparison") { Description = "a comparison star (repeatable)", HelpName = "T" };
        var check = Star("--check", "a constant star that is measured like the target");
        var stars = new Option<string?>("--stars")
        {
            Description = "a table of stars: x,y or ra,dec; name, role, mag, mag_error, band",
            HelpName = "FILE.csv",
        };
        var reference = new Option<string?>("--reference")
        {
            Description = "the frame that pixel positions refer to (default: the first light)",
            HelpName = "FRAME",
        };
        var sky = new Option<string?>("--sky") { Description = "the target's coordinates", HelpName = "RA,DEC" };
        var site = new Option<string?>("--site") { Description = "degrees north, degrees east, metres", HelpName = "LAT,LON,HEIGHT" };
        var objectName = new Option<string?>("--object")
        {
            Description = "reduce only frames of this object (* and ?)",
            HelpName = "PATTERN",
        };
        var filter = new Option<string?>("--filter") { Description = "reduce only frames in this filter (* and ?)", HelpName = "PATTERN" };
        var join = new Option<bool>("--join") { Description = "put the nights of one target and filter together" };
        var noCalibrated = new Option<bool>("--no-calibrated") { Description = "do not keep calibrated frames" };
        var intake = new IntakeOptions();
        var common = new CommonOptions();
        var command = new Command("reduce", "Raw frames to a light curve and a report: all stages.")
        {
            nights,
            output,
            target,
            comparison,
            check,
            stars,
            reference,
            sky,
            site,
            objectName,
            filter,
            join,
            noCalibrated,
        };
        intake.AddTo(command);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            var request = new ReductionRequest
            {
                Inputs = parsed.GetValue(nights)!,
                Output = parsed.GetValue(output)!,
                Target = Designation(parsed.GetValue(target), "--target"),
                Comparisons = [.. (parsed.GetValue(comparison) ?? []).Select(c => StarDesignation.Parse(c, "--comparison"))],
                Check = Designation(parsed.GetValue(check), "--check"),
                StarsFile = parsed.GetValue(stars),
                Reference = parsed.GetValue(reference),
                Sky = SkyArguments.Coordinate(parsed.GetValue(sky)),
                Site = SkyArguments.Site(parsed.GetValue(site)),
                ObjectName = parsed.GetValue(objectName),
                Filter = parsed.GetValue(filter),
                Join = parsed.GetValue(join),
                KeepCalibrated = !parsed.GetValue(noCalibrated),
                Settings = [.. common.Settings(parsed), .. intake.Settings(parsed)],
            };
            return Run(request, common.Limits(parsed), common.IsQuiet(parsed), context);
        });
        return command;
    }

    /// <summary>Runs a reduction and says what came out; shared with <c>demo</c>.</summary>
    internal static int Run(ReductionRequest request, ResourceLimits limits, bool isQuiet, CommandContext context)
    {
        using var progress = new TerminalProgress(context, isQuiet);
        ReductionResult result = Reduction.Run(request, limits, progress, context.Cancellation);
        progress.Dispose();
        foreach (string line in ReductionSummary.Lines(result))
        {
            context.Out.WriteLine(SafeText.OneLine(line));
        }
        if (result.HasNoTarget)
        {
            foreach (string star in ReductionSummary.BrightestStars(result))
            {
                context.Out.WriteLine(star);
            }
            throw new AlbireoException(Failure.NoResult, ReductionSummary.NoTarget(result));
        }
        return result.HasUnusableInput ? ExitCodes.UnusableInput : ExitCodes.Done;
    }

    private static Option<string?> Star(string name, string description) =>
        new(name) { Description = description + ": X,Y | RA,DEC | #id | name", HelpName = "T" };

    private static StarDesignation? Designation(string? text, string option) => text is null ? null : StarDesignation.Parse(text, option);
}
