using System.CommandLine;
using Albireo.Pipeline;
using Albireo.Pipeline.Options;

namespace Albireo.Cli;

/// <summary>Options about the raw folders that every command which reads them shares.</summary>
public sealed class IntakeOptions
{
    private readonly Option<bool> strict = new("--strict")
    {
        Description = "stop unless the night is complete: darks of every exposure, flats of every filter, two frames a group",
    };
    private readonly Option<int?> depth = new("--depth")
    {
        Description = "folders below the named ones to look through (default: all)",
        HelpName = "N",
    };

    private readonly Option<string?> channel = new("--channel")
    {
        Description = "the colour of a colour camera's frames that is measured: R, G or B",
        HelpName = "R|G|B",
    };

    public void AddTo(Command command)
    {
        command.Add(channel);
        command.Add(strict);
        command.Add(depth);
    }

    /// <summary>What was given, as settings.</summary>
    public IEnumerable<Setting> Settings(ParseResult parsed)
    {
        if (parsed.GetValue(channel) is { } colour)
        {
            string word = colour.ToUpperInvariant() switch
            {
                "R" or "RED" => "red",
                "G" or "GREEN" => "green",
                "B" or "BLUE" => "blue",
                _ => throw new AlbireoException(Failure.Usage, $"--channel {colour}: expected R, G or B."),
            };
            yield return new Setting("inventory.channel", [word], "--channel");
        }
        if (parsed.GetValue(strict))
        {
            yield return new Setting("inventory.strict", ["true"], "--strict");
        }
        if (parsed.GetValue(depth) is { } folders)
        {
            yield return Setting.Parse(FormattableString.Invariant($"inventory.depth={folders}"), "--depth");
        }
    }
}
