using System.CommandLine;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Stages;

namespace Albireo.Cli.Commands;

/// <summary><c>albireo stack -o OUT</c>: the matched frames laid on the reference and averaged.</summary>
public static class StackCommand
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
        var common = new CommonOptions();
        var command = new Command("stack", "The matched frames averaged on the reference, for looking at.") { output, quiet };
        common.AddThreadsTo(command);
        command.SetAction(parsed =>
        {
            using var progress = new TerminalProgress(context, parsed.GetValue(quiet));
            (string path, int frames, IReadOnlyList<string> unusable) = StackFrames.Run(
                parsed.GetValue(output)!,
                common.Limits(parsed),
                progress,
                context.Cancellation
            );
            progress.Dispose();
            foreach (string sentence in unusable)
            {
                context.Error.WriteLine("albireo: " + SafeText.OneLine(sentence));
            }
            context.Out.WriteLine(SafeText.OneLine($"{path}: {frames} frames"));
            return unusable.Count > 0 ? ExitCodes.UnusableInput : ExitCodes.Done;
        });
        return command;
    }
}
