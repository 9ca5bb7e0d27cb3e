using System.Globalization;
using System.Text.RegularExpressions;
using Albireo.Tests.Support;

namespace Albireo.NightTests.Readme;

/// <summary>What the README tells a newcomer to type does what it says.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void The_demo_command_finds_the_depth_that_was_put_in()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        Match command = DemoLine().Match(readme);
        Assert.True(command.Success, "README.md names no demo command");
        string[] words = command.Groups["words"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int folder = Array.IndexOf(words, "-o") + 1;
        Assert.True(folder > 0 && folder < words.Length, command.Value);
        words[folder] = scratch.At(words[folder]);
        AlbireoRun run = AlbireoRun.Of(words);
        Assert.True(run.Code == 0, run.ToString());
        Match depth = DepthLine().Match(run.Out);
        Assert.True(depth.Success, run.ToString());
        double Number(string name) => double.Parse(depth.Groups[name].Value, CultureInfo.InvariantCulture);
        Assert.True(Number("error") is > 0 and < 0.1, run.Out);
        Assert.True(Math.Abs(Number("found") - Number("injected")) <= 4 * Number("error"), run.Out);
        string report = run.Out.Split('\n').Single(l => l.StartsWith("report: ", StringComparison.Ordinal))["report: ".Length..];
        Assert.True(File.Exists(report), report);
    }

    [Fact]
    public void The_test_command_is_there()
    {
        Assert.Contains("bash tests/run", File.ReadAllText(Path.Combine(Repository.Root, "README.md")));
        Assert.True(File.Exists(Path.Combine(Repository.Root, "tests", "run")));
    }

    [Fact]
    public void The_code_comes_from_the_sample_that_the_tests_run()
    {
        string sample = File.ReadAllText(Path.Combine(Repository.Root, "samples", "ProseTutorial", "ProseTutorial.cs"));
        string[] lines = sample.Split("// README: begin\n")[1].Split("        // README: end")[0].Split('\n');
        string code = string.Join('\n', lines.Select(l => l.StartsWith("        ", StringComparison.Ordinal) ? l[8..] : l));
        Assert.Contains($"```csharp\n{code}```", File.ReadAllText(Path.Combine(Repository.Root, "README.md")), StringComparison.Ordinal);
    }

    [GeneratedRegex(
        @"^dotnet run -c Release --project src/Albireo\.Cli -- (?<words>demo\b.*)$",
        RegexOptions.Multiline,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex DemoLine();

    [GeneratedRegex(
        @"transit depth: put in (?<injected>[0-9.]+) %, found (?<found>[0-9.]+) ± (?<error>[0-9.]+) %",
        RegexOptions.None,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex DepthLine();
}
