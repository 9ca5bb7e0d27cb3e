using System.CommandLine;
using System.Globalization;
using Albireo.Pipeline;

namespace Albireo.Cli.Commands;

/// <summary><c>albireo demo [-o OUT]</c>: a simulated night with a transit, reduced; the depth found beside the depth put in.</summary>
public static class DemoCommand
{
    public static Command Create(CommandContext context)
    {
        var output = new Option<string>("--output", "-o")
        {
            Description = "the folder for the night and its products (default: albireo-demo)",
            HelpName = "OUT",
            DefaultValueFactory = _ => "albireo-demo",
        };
        var night = new SimulatedNightOptions();
        var common = new CommonOptions();
        var command = new Command("demo", "Simulates a night with a transit, reduces it and prints the depth found.") { output };
        night.AddTo(command);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            using var progress = new TerminalProgress(context, common.IsQuiet(parsed));
            Demonstration shown = Demonstration.Run(
                night.Read(parsed),
                parsed.GetValue(output)!,
                common.Limits(parsed),
                progress,
                context.Cancellation
            );
            progress.Dispose();
            foreach (string line in ReductionSummary.Lines(shown.Result))
            {
                context.Out.WriteLine(line);
            }
            context.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"transit depth: put in {100 * shown.Injected:F3} %, found {100 * shown.Found.Depth:F3} ± {100 * shown.Found.Error:F3} % from {shown.Found.Points} points"
                )
            );
            context.Out.WriteLine($"report: {shown.ReportPath}");
            return ExitCodes.Done;
        });
        return command;
    }
}
