using System.CommandLine;
using System.Globalization;
using Albireo.Pipeline;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Science.Simulation;

namespace Albireo.Cli.Commands;

/// <summary><c>albireo simulate OUT --seed N</c>: a night of raw frames with known truth.</summary>
public static class SimulateCommand
{
    public static Command Create(CommandContext context)
    {
        var output = new Argument<string>("OUT") { Description = "a folder of its own for the frames and truth.json" };
        var night = new SimulatedNightOptions();
        var common = new CommonOptions();
        var command = new Command("simulate", "A night of raw frames with known truth (truth.json).") { output };
        night.AddTo(command);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            SimulateOptions options = night.Read(parsed);
            using var progress = new TerminalProgress(context, common.IsQuiet(parsed));
            SimulatedNight made = SimulateNight.Run(
                options,
                parsed.GetValue(output)!,
                common.Limits(parsed),
                progress,
                context.Cancellation
            );
            progress.Dispose();
            foreach (string line in Lines(made))
            {
                context.Out.WriteLine(line);
            }
            return ExitCodes.Done;
        });
        return command;
    }

    private static IEnumerable<string> Lines(SimulatedNight made)
    {
        string frames = string.Join(", ", made.Truth.Frames.GroupBy(f => f.Kind).Select(g => $"{g.Count()} {g.Key}"));
        yield return $"{made.Folder}: {frames}";
        string stars = string.Join(
            " ",
            made.Truth.Stars.TakeWhile(s => !s.Name.StartsWith("field-", StringComparison.Ordinal))
                .Select(s => string.Create(CultureInfo.InvariantCulture, $"--{s.Name.Split('-')[0]} {s.X:F1},{s.Y:F1}"))
        );
        yield return $"albireo reduce {made.Folder} -o OUT {stars}";
        yield return made.TruthPath;
    }
}
