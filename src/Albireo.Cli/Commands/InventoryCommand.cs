using System.CommandLine;
using Albireo.Pipeline;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Science.Sky;

namespace Albireo.Cli.Commands;

/// <summary><c>albireo inventory NIGHT...</c>: one row a frame, problems first, each value with the keyword it came from; then the groups.</summary>
public static class InventoryCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string[]> nights = PathArguments.Many("NIGHT", "folders or files of raw frames");
        var output = new Option<string?>("--output", "-o") { Description = "also write inventory.csv into this folder", HelpName = "OUT" };
        var json = new Option<bool>("--json") { Description = "print JSON instead of tables" };
        var frames = new Option<bool>("--frames") { Description = "print the frames only, one row each" };
        var groups = new Option<bool>("--groups")
        {
            Description = "print the groups only: night, telescope, filter, type, target, size, exposure",
        };
        var lists = new Option<bool>("--lists") { Description = "also write the list files of the TAPE programs into OUT" };
        var site = new Option<string?>("--site") { Description = "degrees north, degrees east, metres", HelpName = "LAT,LON,HEIGHT" };
        var filter = new FilterOptions();
        var intake = new IntakeOptions();
        var common = new CommonOptions();
        var command = new Command("inventory", "What is in a folder: one row a frame, problems first, then the groups.")
        {
            nights,
            output,
            json,
            frames,
            groups,
            lists,
            site,
        };
        filter.AddTo(command);
        intake.AddTo(command);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            string[] inputs = parsed.GetValue(nights)!;
            string? folder = parsed.GetValue(output);
            List<Setting> settings = [.. common.Settings(parsed), .. intake.Settings(parsed)];
            if (parsed.GetValue(lists))
            {
                settings.Add(new Setting("inventory.lists", ["true"], "--lists"));
            }
            Site? place = SkyArguments.Site(parsed.GetValue(site));
            FrameFilter? wanted = filter.Read(parsed);
            (NightInventory night, InventoryOptions options) = TakeInventory.Take(
                inputs,
                settings,
                place,
                folder,
                wanted,
                common.Limits(parsed),
                context.Cancellation
            );
            Write(night, options, folder);
            bool both = !parsed.GetValue(frames) && !parsed.GetValue(groups);
            if (parsed.GetValue(json))
            {
                context.Out.Write(InventoryJson.Write(night));
            }
            else
            {
                Print(context, night, both || parsed.GetValue(frames), both || parsed.GetValue(groups));
            }
            return Conclude(context, night, options, common.IsQuiet(parsed), Nothing(inputs, wanted));
        });
        return command;
    }

    private static void Write(NightInventory night, InventoryOptions options, string? output)
    {
        if (output is not null)
        {
            using OutputFolder folder = OutputFolder.Open(output);
            TakeInventory.Write(night, options, folder);
        }
        else if (options.Lists)
        {
            throw new AlbireoException(Failure.Usage, "--lists needs -o OUT, the folder that the list files go to.");
        }
    }

    private static void Print(CommandContext context, NightInventory night, bool frames, bool groups)
    {
        if (frames)
        {
            TextTable.Write(context, InventoryTable.FrameColumns, InventoryTable.Frames(night));
        }
        if (groups)
        {
            TextTable.Write(context, InventoryTable.GroupColumns, InventoryTable.Groups(night));
        }
    }

    private static int Conclude(CommandContext context, NightInventory night, InventoryOptions options, bool isQuiet, string nothing)
    {
        foreach (string sentence in night.Notices.Where(_ => !isQuiet))
        {
            context.Error.WriteLine(SafeText.OneLine(sentence));
        }
        if (options.Strict)
        {
            StrictChecks.Require(night, sentence => context.Error.WriteLine(SafeText.OneLine(sentence)));
        }
        return night.Problems.Count > 0 ? ExitCodes.UnusableInput
            : night.Frames.Count == 0 ? throw new AlbireoException(Failure.NoResult, nothing)
            : ExitCodes.Done;
    }

    private static string Nothing(string[] inputs, FrameFilter? wanted) =>
        wanted is null
            ? $"There is no FITS file in {string.Join(", ", inputs)}."
            : $"No frame in {string.Join(", ", inputs)} fits what was asked for.";
}
