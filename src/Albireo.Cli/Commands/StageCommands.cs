using System.CommandLine;
using Albireo.Pipeline;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Stages;

namespace Albireo.Cli.Commands;

/// <summary><c>albireo masters | calibrate | detect | match | measure [NIGHT...] -o OUT</c>: the pipeline, cut off after one stage.</summary>
public static class StageCommands
{
    public static IEnumerable<(string Name, Func<CommandContext, Command> Create)> All =>
        [
            Named(FrameStage.Masters, "Bias, darks and flats to masters."),
            Named(FrameStage.Calibrate, "Raw lights to calibrated frames."),
            Named(FrameStage.Detect, "Stars in every light: sources/NAME.fits."),
            Named(FrameStage.Match, "Where the reference frame's stars lie in every light."),
            Named(FrameStage.Measure, "Fluxes of all stars in every light: observation.fits."),
        ];

    private static (string Name, Func<CommandContext, Command> Create) Named(FrameStage stage, string description) =>
        (EarlyStages.Word(stage), context => Create(context, stage, description));

    private static Command Create(CommandContext context, FrameStage stage, string description)
    {
        var night = new NightOptions(isRemembered: true);
        var command = new Command(EarlyStages.Word(stage), description);
        night.AddTo(command);
        var json = new Option<bool>("--json") { Description = "one JSON object a master" };
        if (stage == FrameStage.Masters)
        {
            command.Add(json);
        }
        command.SetAction(parsed =>
        {
            ReductionRequest request = night.Read(parsed);
            return stage == FrameStage.Measure
                ? ReduceCommand.Run(request with { MeasureOnly = true }, night.Common.Limits(parsed), night.Common.IsQuiet(parsed), context)
                : Run(stage, request, night.Common, parsed, stage == FrameStage.Masters && parsed.GetValue(json), context);
        });
        return command;
    }

    private static int Run(
        FrameStage stage,
        ReductionRequest request,
        CommonOptions common,
        ParseResult parsed,
        bool json,
        CommandContext context
    )
    {
        using var progress = new TerminalProgress(context, common.IsQuiet(parsed));
        StageResult result = EarlyStages.Run(stage, request, common.Limits(parsed), progress, context.Cancellation);
        progress.Dispose();
        if (json)
        {
            foreach (Master master in result.Masters.All)
            {
                context.Out.WriteLine(MasterJson.Line(master));
            }
            return Code(result);
        }
        if (stage == FrameStage.Masters)
        {
            TextTable.Write(context, ["master", "frames", "left out"], result.Masters.All.Select(m => Row(m, result.Masters)));
        }
        foreach (StageObservation observation in result.Observations)
        {
            foreach (string line in Lines(stage, observation))
            {
                context.Out.WriteLine(SafeText.OneLine(line));
            }
        }
        context.Out.WriteLine("  " + result.Output);
        return Code(result);
    }

    private static int Code(StageResult result) => result.HasUnusableInput ? ExitCodes.UnusableInput : ExitCodes.Done;

    private static IReadOnlyList<string?> Row(Master master, Masters masters) =>
        [
            master.Name,
            master.FrameCount.ToString(System.Globalization.CultureInfo.InvariantCulture),
            masters.Unusable.Count(u => IsLike(u.Info, master)).ToString(System.Globalization.CultureInfo.InvariantCulture),
        ];

    /// <summary>Whether a frame would have gone into a master: of its kind and size, a flat of its filter, a dark of its exposure.</summary>
    private static bool IsLike(FrameInfo frame, Master master) =>
        frame.EffectiveKind == master.Kind
        && (frame.Width, frame.Height) == (master.Like.Width, master.Like.Height)
        && (master.Kind != FrameKind.Flat || frame.Filter?.Value == master.Like.Filter?.Value)
        && (
            master.IsPerSecond
            || master.Kind is not (FrameKind.Dark or FrameKind.DarkFlat)
            || frame.ExposureSeconds?.Value == master.Like.ExposureSeconds?.Value
        );

    private static IEnumerable<string> Lines(FrameStage stage, StageObservation observation)
    {
        string name = string.Join(" · ", observation.Observation.Words());
        int passed = observation.Frames.Count(f => f.IsUsed);
        string done = stage switch
        {
            FrameStage.Calibrate => "calibrated",
            FrameStage.Detect => "searched for stars",
            _ => "matched",
        };
        int reused = observation.Frames.Count(f => f.IsReused);
        string unchanged = reused > 0 ? $", {reused} of them unchanged since an earlier run" : "";
        yield return $"{(name.Length > 0 ? name + ": " : "")}{passed} of {observation.Frames.Count} lights {done}{unchanged}";
        foreach (FrameOutcome frame in observation.Frames.Where(f => !f.IsUsed))
        {
            yield return $"  left out by {frame.StoppedBy}: {frame.Frame.Info.Name}: {frame.Reason}";
        }
    }
}
