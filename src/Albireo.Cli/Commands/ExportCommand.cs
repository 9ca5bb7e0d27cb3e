using System.CommandLine;
using Albireo.Pipeline;
using Albireo.Pipeline.Export;
using Albireo.Pipeline.Products;

namespace Albireo.Cli.Commands;

/// <summary><c>albireo export OUT --format F -o FILE</c>: the light curve in other people's words.</summary>
public static class ExportCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string> folder = PathArguments.One("OUT", "the folder of a reduction");
        var format = new Option<string>("--format")
        {
            Description = string.Join(", ", ExportFormats.Names),
            Required = true,
            HelpName = "F",
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "the file to write",
            Required = true,
            HelpName = "FILE",
        };
        (Option<string?> Option, string Key)[] words =
        [
            (Word("--observer", "observer code (AAVSO)", "CODE"), "export.observer"),
            (Word("--star", "name of the star", "NAME"), "export.star"),
            (Word("--planet", "name of the planet", "NAME"), "export.planet"),
            (Word("--filter", "filter in the words of the format", "NAME"), "export.filter"),
        ];
        var common = new CommonOptions();
        var command = new Command("export", "The light curve or its stars in other people's formats.") { folder, format, output };
        foreach ((Option<string?> option, _) in words)
        {
            command.Add(option);
        }
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(output)!;
            OutputPath.Require("--output", path);
            var settings = common.Settings(parsed).ToList();
            settings.AddRange(
                words
                    .Where(w => parsed.GetValue(w.Option) is not null)
                    .Select(w => new Pipeline.Options.Setting(w.Key, [parsed.GetValue(w.Option)!], w.Option.Name))
            );
            IReadOnlyList<string> notices = LateStages.Export(parsed.GetValue(folder)!, parsed.GetValue(format)!, path, settings);
            foreach (string notice in notices.Where(_ => !common.IsQuiet(parsed)))
            {
                context.Error.WriteLine(SafeText.OneLine(notice));
            }
            context.Out.WriteLine(path);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Option<string?> Word(string name, string description, string form) =>
        new(name) { Description = description, HelpName = form };
}
