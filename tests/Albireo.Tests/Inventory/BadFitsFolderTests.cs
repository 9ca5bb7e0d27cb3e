using System.Text.Json;
using Albireo.Pipeline.Inventory;
using Albireo.Tests.Support;

namespace Albireo.Tests.Inventory;

/// <summary>
/// ../shared/data/bad-fits in one run: every file is listed exactly once, and nothing ends the run. The gzip bombs, which take seconds to
/// inflate, are left to the tests of the FITS reader.
/// </summary>
public sealed class BadFitsFolderTests
{
    private static readonly Lock Gate = new();
    private static NightInventory? taken;

    [Fact]
    public void Every_file_is_listed_exactly_once()
    {
        string folder = Repository.Shared("bad-fits");
        NightInventory night = Night(folder);
        string[] listed = [.. InventoryCsv.Rows(night).Select(f => f.Path), .. night.Ignored.Select(i => i.Path)];
        string[] files =
        [
            .. Paths(folder).SelectMany(p => File.Exists(p) ? [p] : Directory.EnumerateFiles(p, "*", SearchOption.AllDirectories)),
        ];
        Assert.Equal(files.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        string[] names = [.. InventoryCsv.Rows(night).Select(f => f.Name)];
        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(night.Problems, p => Assert.False(string.IsNullOrWhiteSpace(p.Problem)));
    }

    [Fact]
    public void What_can_be_read_is_not_a_problem_and_what_is_no_candidate_is_ignored()
    {
        string folder = Repository.Shared("bad-fits");
        NightInventory night = Night(folder);
        HashSet<string> problems = [.. night.Problems.Where(p => p.Contradiction is null).Select(p => p.Path)];
        HashSet<string> ignored = [.. night.Ignored.Select(i => i.Path)];
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "manifest.json")));
        var wrong = new List<string>();
        foreach (JsonElement entry in manifest.RootElement.GetProperty("entries").EnumerateArray())
        {
            string path = Path.Combine(folder, entry.GetProperty("path").GetString()!);
            string verdict = entry.GetProperty("verdict").GetString()!;
            string category = entry.GetProperty("category").GetString()!;
            bool right = verdict switch
            {
                _ when !File.Exists(path) => true,
                "accept" or "accept_warn" when category is "control" or "metadata" or "names" => !problems.Contains(path)
                    && !ignored.Contains(path),
                "skip" => ignored.Contains(path),
                _ => true,
            };
            if (!right)
            {
                wrong.Add(
                    $"{verdict} {entry.GetProperty("path").GetString()}: {night.Problems.FirstOrDefault(p => p.Path == path)?.Problem}"
                );
            }
        }
        Assert.Equal("", string.Join("\n", wrong));
    }

    private static IEnumerable<string> Paths(string folder) =>
        Directory
            .EnumerateFileSystemEntries(folder)
            .Where(p => Path.GetFileName(p) != "outer")
            .Concat(Directory.EnumerateFiles(Path.Combine(folder, "outer")))
            .Where(p => !Path.GetFileName(p).StartsWith("bomb", StringComparison.Ordinal))
            .Where(p => Directory.Exists(p) || FrameName.ClaimsFits(p)); // what is named outright counts whatever its name

    private static NightInventory Night(string folder)
    {
        lock (Gate)
        {
            return taken ??= Inventories.Of([.. Paths(folder)]);
        }
    }
}
