using System.CommandLine;
using Albireo.Pipeline;
using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Products;

namespace Albireo.Cli.Commands;

/// <summary><c>albireo telescope list | show NAME | add FILE.yaml</c>: the profiles of telescopes, cameras and programs.</summary>
public static class TelescopeCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("telescope", "Profiles of telescopes: what is known beyond the headers.")
        {
            List(context),
            Show(context),
            Add(context),
        };
        command.SetAction(_ =>
        {
            context.Error.WriteLine("albireo: telescope needs one of list, show NAME, add FILE.yaml; albireo telescope --help explains.");
            return ExitCodes.Usage;
        });
        return command;
    }

    private static Command List(CommandContext context)
    {
        var json = new Option<bool>("--json") { Description = "print JSON instead of a table" };
        var command = new Command("list", "All profiles, your own first.") { json };
        command.SetAction(parsed =>
        {
            IReadOnlyList<TelescopeProfile> profiles = Library().List();
            if (parsed.GetValue(json))
            {
                context.Out.Write(TelescopeJson.Write(profiles));
            }
            else
            {
                TextTable.Write(
                    context,
                    ["name", "description", "matches", "from"],
                    profiles.Select(p =>
                        (IReadOnlyList<string?>)[p.Name, p.Description, string.Join(", ", p.Aliases.Concat(p.Writers)), p.Source]
                    )
                );
            }
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Show(CommandContext context)
    {
        Argument<string> name = PathArguments.One("NAME", "a profile's name, or what stands in INSTRUME or TELESCOP");
        var command = new Command("show", "One profile, as it was written.") { name };
        command.SetAction(parsed =>
        {
            string wanted = parsed.GetValue(name)!;
            TelescopeLibrary library = Library();
            string text =
                library.Show(wanted)
                ?? throw new AlbireoException(
                    Failure.Usage,
                    $"There is no profile {wanted}; there are {string.Join(", ", library.List().Select(p => p.Name))}."
                );
            foreach (string line in text.TrimEnd('\n').Split('\n'))
            {
                context.Out.WriteLine(SafeText.OneLine(line.TrimEnd('\r')));
            }
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Add(CommandContext context)
    {
        Argument<string> file = PathArguments.One("FILE.yaml", "the profile to check and keep");
        var command = new Command("add", "Checks a profile and keeps it among your own; one of the same name is replaced.") { file };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(file)!;
            InputFiles.RequireFile(path);
            (string kept, string? replaced) = Keep(path);
            context.Out.WriteLine(SafeText.OneLine($"{path} is kept as {kept}{(replaced is null ? "" : $"; {replaced}")}."));
            return ExitCodes.Done;
        });
        return command;
    }

    private static (string Kept, string? Replaced) Keep(string path)
    {
        try
        {
            string kept = Library().Add(path, out string? replaced);
            return (kept, replaced);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AlbireoException(
                Failure.Usage,
                $"{path} cannot be kept among your profiles in {TelescopeLibrary.UserFolder}: {e.Message}",
                e
            );
        }
    }

    private static TelescopeLibrary Library() => TelescopeLibrary.Open(TelescopeLibrary.UserFolder);
}
