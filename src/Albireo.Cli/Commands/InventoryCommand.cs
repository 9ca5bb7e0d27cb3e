using System.CommandLine;
using Albireo.Pipeline;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;

namespace Albireo.Cli.Commands;

/// <summary><c>albireo inventory NIGHT...</c>: one row a frame, problems first, each value with the keyword it came from.</summary>
public static class InventoryCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string[]> nights = PathArguments.Many("NIGHT", "folders or files of raw frames");
        var output = new Option<string?>("--output", "-o") { Description = "also write inventory.csv into this folder", HelpName = "OUT" };
        var json = new Option<bool>("--json") { Description = "print JSON instead of a table" };
        var command = new Command("inventory", "What is in a folder: one row a frame, problems first.") { nights, output, json };
        var common = new CommonOptions();
        common.AddTo(command);
        command.SetAction(parsed =>
            Run(
                context,
                parsed.GetValue(nights)!,
                parsed.GetValue(output),
                parsed.GetValue(json),
                common.Limits(parsed),
                common.IsQuiet(parsed)
            )
        );
        return command;
    }

    private static int Run(CommandContext context, string[] nights, string? output, bool json, ResourceLimits limits, bool isQuiet)
    {
        NightInventory night = TakeInventory.Take(nights, output, limits, context.Cancellation);
        if (output is not null)
        {
            using OutputFolder folder = OutputFolder.Open(output);
            TextProduct.Write(folder.At("inventory.csv"), InventoryCsv.Write(night));
        }
        if (json)
        {
            context.Out.WriteLine(InventoryJson.Write(night));
        }
        else
        {
            TextTable.Write(context, InventoryTable.FrameColumns, InventoryTable.Frames(night));
        }
        foreach (string sentence in night.Notices.Where(_ => !isQuiet))
        {
            context.Error.WriteLine(SafeText.OneLine(sentence));
        }
        return night.Frames.Count == 0
                ? throw new AlbireoException(Failure.NoResult, $"There is no FITS file in {string.Join(", ", nights)}.")
            : night.Problems.Count > 0 ? ExitCodes.UnusableInput
            : ExitCodes.Done;
    }
}
