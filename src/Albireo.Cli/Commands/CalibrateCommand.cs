using System.CommandLine;
using Albireo.Pipeline;
using Albireo.Pipeline.Products;

namespace Albireo.Cli.Commands;

/// <summary><c>albireo calibrate NIGHT... -o OUT</c>: raw frames → masters and calibrated frames; no star is looked for.</summary>
public static class CalibrateCommand
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
        var objectName = new Option<string?>("--object") { Description = "calibrate only frames of this object", HelpName = "NAME" };
        var filter = new Option<string?>("--filter") { Description = "calibrate only frames in this filter", HelpName = "NAME" };
        var common = new CommonOptions();
        var command = new Command("calibrate", "Raw frames to masters and calibrated frames.") { nights, output, objectName, filter };
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            var request = new ReductionRequest
            {
                Inputs = parsed.GetValue(nights)!,
                Output = parsed.GetValue(output)!,
                ObjectName = parsed.GetValue(objectName),
                Filter = parsed.GetValue(filter),
                Settings = common.Settings(parsed),
            };
            using var progress = new TerminalProgress(context, common.IsQuiet(parsed));
            CalibrationResult result = CalibrationRun.Run(request, common.Limits(parsed), progress, context.Cancellation);
            progress.Dispose();
            foreach (string line in Lines(result))
            {
                context.Out.WriteLine(SafeText.OneLine(line));
            }
            return result.HasUnusableInput ? ExitCodes.UnusableInput : ExitCodes.Done;
        });
        return command;
    }

    private static IEnumerable<string> Lines(CalibrationResult result)
    {
        foreach (CalibratedObservation observation in result.Observations)
        {
            string name = string.Join(" · ", observation.Observation.Words());
            int done = observation.Outcomes.Count(o => o.IsUsed);
            yield return $"{(name.Length > 0 ? name + ": " : "")}{done} of {observation.Outcomes.Count} lights calibrated";
            foreach (FrameOutcome outcome in observation.Outcomes.Where(o => !o.IsUsed))
            {
                yield return $"  left out by {outcome.StoppedBy}: {outcome.Frame.Info.Name}: {outcome.Reason}";
            }
            yield return $"  {Path.Combine(result.Output, observation.Folder, "calibrated")}";
        }
    }
}
