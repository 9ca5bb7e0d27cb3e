using System.Security.Cryptography;

namespace Albireo.Tests.Support;

/// <summary>Every file below a folder with its SHA-256: to see that two runs gave the same, or that nothing was touched.</summary>
public static class ProductTree
{
    /// <summary>What a run leaves, without the log (the only product that carries wall-clock times), the lock and the hash index.</summary>
    public static SortedDictionary<string, string> Products(string folder) =>
        Files(folder, path => path is not ("albireo.log" or ".lock") && !path.StartsWith(".albireo", StringComparison.Ordinal));

    public static SortedDictionary<string, string> Files(string folder) => Files(folder, _ => true);

    /// <summary>Asserts that two trees are equal and names what differs.</summary>
    public static void AssertSame(SortedDictionary<string, string> expected, SortedDictionary<string, string> actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        string[] changed = [.. expected.Where(e => actual[e.Key] != e.Value).Select(e => e.Key)];
        Assert.True(changed.Length == 0, $"{changed.Length} of {expected.Count} files differ: {string.Join(", ", changed.Take(12))}");
    }

    private static SortedDictionary<string, string> Files(string folder, Func<string, bool> isWanted)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(folder, path);
            if (isWanted(name))
            {
                files.Add(name, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));
            }
        }
        return files;
    }
}
