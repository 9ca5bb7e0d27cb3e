using System.Text.RegularExpressions;
using Albireo.Pipeline.Options;
using Albireo.Tests.Support;

namespace Albireo.Tests.Options;

/// <summary>docs/recipes.md names every option; <c>group.*</c> stands for a whole group that a page of its own lists.</summary>
public sealed partial class RecipesPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "recipes.md"));

    [Fact]
    public void Every_option_is_listed()
    {
        string[] words = [.. Words().Matches(Page).Select(m => m.Groups[1].Value)];
        string[] missing =
        [
            .. RecipeBinder
                .Keys()
                .Where(k =>
                    !words.Contains(k)
                    && !words.Any(w => w.EndsWith(".*", StringComparison.Ordinal) && k.StartsWith(w[..^1], StringComparison.Ordinal))
                ),
        ];
        Assert.True(missing.Length == 0, "docs/recipes.md does not name " + string.Join(", ", missing));
    }

    [Fact]
    public void Nothing_is_listed_that_does_not_exist()
    {
        string[] keys = [.. RecipeBinder.Keys()];
        string[] groups = [.. keys.Where(k => k.Contains('.', StringComparison.Ordinal)).Select(k => k.Split('.')[0]).Distinct()];
        string[] unknown =
        [
            .. Words()
                .Matches(Page)
                .Select(m => m.Groups[1].Value)
                .Where(w => groups.Any(g => w.StartsWith(g + ".", StringComparison.Ordinal)))
                .Where(w =>
                    w.EndsWith(".*", StringComparison.Ordinal)
                        ? !keys.Any(k => k.StartsWith(w[..^1], StringComparison.Ordinal))
                        : !keys.Contains(w)
                ),
        ];
        Assert.True(unknown.Length == 0, "docs/recipes.md names " + string.Join(", ", unknown));
    }

    [GeneratedRegex("`([a-z0-9.*-]+)`", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}
