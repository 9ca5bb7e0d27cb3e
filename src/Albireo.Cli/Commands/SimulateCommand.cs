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
        var series = new Option<bool>("--series")
        {
            Description = "a light curve with systematics in place of frames: series.csv, truth.json",
        };
        var red = new Option<double?>("--red-noise") { Description = "of the series, standard deviation (default: 0)", HelpName = "PART" };
        var common = new CommonOptions();
        var command = new Command("simulate", "A night of raw frames with known truth (truth.json).") { output, series, red };
        night.AddTo(command);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            SimulateOptions options = night.Read(parsed);
            if (parsed.GetValue(series))
            {
                context.Out.WriteLine(
                    SimulateSeries.Run(options, new SeriesSystematics { RedNoise = Red(parsed.GetValue(red)) }, parsed.GetValue(output)!)
                );
                return ExitCodes.Done;
            }
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

    private static double Red(double? given) =>
        given is null or >= 0 ? given ?? 0 : throw new AlbireoException(Failure.Usage, $"--red-noise {given}: expected 0 or more.");

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
