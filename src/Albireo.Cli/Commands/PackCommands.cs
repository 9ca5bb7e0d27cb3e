using System.CommandLine;
using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Products;

namespace Albireo.Cli.Commands;

/// <summary><c>albireo unpack FILE... -o DIR</c> and <c>albireo pack FILE... -o DIR</c>.</summary>
public static class PackCommands
{
    public static Command CreateUnpack(CommandContext context)
    {
        (Argument<string[]> files, Option<string> output, CommonOptions common) = Arguments();
        var command = new Command("unpack", "Tile-compressed or gzipped files to plain FITS.") { files, output };
        common.AddThreadsTo(command);
        command.SetAction(parsed =>
            Report(
                context,
                parsed.GetValue(files)!,
                f => Repacking.Unpack(f, parsed.GetValue(output)!, common.Limits(parsed).Threads, context.Cancellation)
            )
        );
        return command;
    }

    public static Command CreatePack(CommandContext context)
    {
        (Argument<string[]> files, Option<string> output, CommonOptions common) = Arguments();
        var method = new Option<FitsCompression>("--method")
        {
            Description = "how the pixels are packed; no bit is lost",
            DefaultValueFactory = _ => FitsCompression.Rice,
        };
        var command = new Command("pack", "Plain FITS to tile-compressed .fz, lossless.") { files, output, method };
        common.AddThreadsTo(command);
        command.SetAction(parsed =>
            Report(
                context,
                parsed.GetValue(files)!,
                f =>
                    Repacking.Pack(
                        f,
                        parsed.GetValue(output)!,
                        parsed.GetValue(method),
                        common.Limits(parsed).Threads,
                        context.Cancellation
                    )
            )
        );
        return command;
    }

    private static (Argument<string[]>, Option<string>, CommonOptions) Arguments() =>
        (
            PathArguments.Many("FILE", "FITS files"),
            new Option<string>("--output", "-o")
            {
                Description = "the folder for the copies",
                Required = true,
                HelpName = "DIR",
            },
            new CommonOptions()
        );

    private static int Report(CommandContext context, string[] files, Func<string[], IReadOnlyList<UnusableFile>> work)
    {
        foreach (string file in files)
        {
            InputFiles.RequireFile(file);
        }
        IReadOnlyList<UnusableFile> unusable = work(files);
        foreach (UnusableFile file in unusable)
        {
            context.Error.WriteLine("albireo: " + SafeText.OneLine(file.Reason));
        }
        return unusable.Count > 0 ? ExitCodes.UnusableInput : ExitCodes.Done;
    }
}
