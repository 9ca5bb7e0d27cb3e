using System.CommandLine;
using Albireo.Pipeline;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Runs;

namespace Albireo.Cli;

/// <summary>Options that several commands share.</summary>
public sealed class CommonOptions
{
    private readonly Option<string?> recipe = new("--recipe")
    {
        Description = "a built-in recipe's name or a YAML file",
        HelpName = "NAME|FILE",
    };
    private readonly Option<string[]> set = new("--set")
    {
        Description = "one setting, e.g. measure.radii=3,4,5 (repeatable)",
        HelpName = "stage.option=value",
    };
    private readonly Option<int?> threads = new("--threads")
    {
        Description = "frames worked on at once (default: all processors)",
        HelpName = "N",
    };
    private readonly Option<string?> memory = new("--memory") { Description = "bound on pixel buffers (default: 1GB)", HelpName = "SIZE" };
    private readonly Option<bool> quiet = new("--quiet") { Description = "no notices, no progress" };
    private readonly Option<bool> verbose = new("--verbose") { Description = "time of each step" };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[recipe, set, threads, memory, quiet, verbose])
        {
            command.Add(option);
        }
    }

    /// <summary>For commands that only share the machine's limits.</summary>
    public void AddThreadsTo(Command command)
    {
        command.Add(threads);
        command.Add(memory);
    }

    public bool IsQuiet(ParseResult parsed) => parsed.GetValue(quiet);

    public bool IsVerbose(ParseResult parsed) => parsed.GetValue(verbose);

    public IReadOnlyList<Setting> Settings(ParseResult parsed) =>
        [.. RecipeFile.Load(parsed.GetValue(recipe)), .. (parsed.GetValue(set) ?? []).Select(s => Setting.Parse(s, "--set"))];

    public ResourceLimits Limits(ParseResult parsed)
    {
        ResourceLimits limits = ResourceLimits.Default;
        if (parsed.GetValue(threads) is { } count)
        {
            limits = limits with { Threads = count >= 1 ? count : throw Misfit("--threads", count.ToString(), "1 or more") };
        }
        if (parsed.GetValue(memory) is { } size)
        {
            limits = ResourceLimits.TryParseMemory(size, out long bytes)
                ? limits with
                {
                    MemoryBytes = bytes,
                }
                : throw Misfit("--memory", size, "a size such as 500MB or 2GB");
        }
        return limits;
    }

    private static AlbireoException Misfit(string option, string found, string expected) =>
        new(Failure.Usage, $"{option} {found}: expected {expected}.");
}
