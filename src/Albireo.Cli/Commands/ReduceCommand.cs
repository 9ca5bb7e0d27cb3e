using System.CommandLine;
using Albireo.Pipeline;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;

namespace Albireo.Cli.Commands;

/// <summary><c>albireo reduce NIGHT... -o OUT</c>: raw frames → light curve and report.</summary>
public static class ReduceCommand
{
    public static Command Create(CommandContext context)
    {
        var night = new NightOptions(isRemembered: false);
        var command = new Command("reduce", "Raw frames to a light curve and a report: all stages.");
        night.AddTo(command);
        command.SetAction(parsed => Run(night.Read(parsed), night.Common.Limits(parsed), night.Common.IsQuiet(parsed), context));
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
        if (result.HasNoTarget && !request.MeasureOnly)
        {
            foreach (string star in ReductionSummary.BrightestStars(result))
            {
                context.Out.WriteLine(star);
            }
            throw new AlbireoException(Failure.NoResult, ReductionSummary.NoTarget(result));
        }
        return result.HasUnusableInput ? ExitCodes.UnusableInput : ExitCodes.Done;
    }
}
