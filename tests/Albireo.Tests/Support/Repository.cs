namespace Albireo.Tests.Support;

/// <summary>Where the tests find the clone and the shared data beside it.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of real frames and FITS files that lies beside a clone; absent on a user's machine.</summary>
    public static string SharedData { get; } = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data"));

    /// <summary>A path under the shared data; skips the calling test, saying so, where it is absent.</summary>
    public static string Shared(params string[] parts)
    {
        string path = Path.Combine([SharedData, .. parts]);
        Assert.SkipUnless(Path.Exists(path), $"needs {path}, which is not on this machine");
        return path;
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Albireo.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }
        return folder ?? throw new InvalidOperationException($"No Albireo.slnx above {AppContext.BaseDirectory}.");
    }
}
