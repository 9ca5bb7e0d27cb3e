using System.CommandLine;
using Albireo.Pipeline.Stars;

namespace Albireo.Cli;

/// <summary>The options that name stars among those that are measured.</summary>
public sealed class StarOptions
{
    private const string Form = ": #id | X,Y | RA,DEC | name";

    private readonly Option<string?> target = new("--target")
    {
        Description = "the star whose curve is wanted" + Form + ", or none",
        HelpName = "T",
    };
    private readonly Option<string[]> comparison = new("--comparison")
    {
        Description = "a comparison star (repeatable), or auto: the program chooses",
        HelpName = "T",
    };
    private readonly Option<string?> check = new("--check")
    {
        Description = "a constant star that is measured like the target, or none",
        HelpName = "T",
    };
    private readonly Option<string?> stars = new("--stars")
    {
        Description = "a table of stars: x,y or ra,dec; name, role, mag, mag_error, band, or several magnitudes (Bmag, Vmag, bp_rp …)",
        HelpName = "FILE.csv",
    };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[target, comparison, check, stars])
        {
            command.Add(option);
        }
    }

    public StarChoice Read(ParseResult parsed)
    {
        string[] comparisons = parsed.GetValue(comparison) ?? [];
        return new StarChoice
        {
            Target = parsed.GetValue(target) == "none" ? null : Designation(parsed.GetValue(target), "--target"),
            NoTarget = parsed.GetValue(target) == "none",
            Comparisons = [.. comparisons.Where(c => c != "auto").Select(c => StarDesignation.Parse(c, "--comparison"))],
            ChooseComparisons = comparisons.Contains("auto"),
            Check = parsed.GetValue(check) == "none" ? null : Designation(parsed.GetValue(check), "--check"),
            NoCheck = parsed.GetValue(check) == "none",
            StarsFile = parsed.GetValue(stars),
        };
    }

    private static StarDesignation? Designation(string? text, string option) => text is null ? null : StarDesignation.Parse(text, option);
}
