using System.CommandLine;
using Albireo.Pipeline;
using Albireo.Pipeline.Products;

namespace Albireo.Cli.Commands;

/// <summary><c>albireo report -o OUT</c>: plots and report.html again, from what OUT holds.</summary>
public static class ReportCommand
{
    public static Command Create(CommandContext context)
    {
        var output = new Option<string>("--output", "-o")
        {
            Description = "the folder of a reduction",
            Required = true,
            HelpName = "OUT",
        };
        var quiet = new Option<bool>("--quiet") { Description = "no notices, no progress" };
        var command = new Command("report", "Plots and report again, from observation.fits.") { output, quiet };
        command.SetAction(parsed =>
        {
            string folder = parsed.GetValue(output)!;
            using var progress = new TerminalProgress(context, parsed.GetValue(quiet));
            LateStages.Report(folder, progress, context.Cancellation);
            progress.Dispose();
            context.Out.WriteLine(Path.Combine(RunMemory.Open(folder).Folder, "report.html"));
            return ExitCodes.Done;
        });
        return command;
    }
}
