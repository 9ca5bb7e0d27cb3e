using Albireo.Pipeline.Instruments;

namespace Albireo.Pipeline.Inventory;

/// <summary>How a night is looked through.</summary>
public sealed record InventoryOptions
{
    /// <summary>Telescope profiles; null for the user's own and the built-in ones.</summary>
    public TelescopeLibrary? Telescopes { get; init; }

    /// <summary>Name or file of the profile that all frames were taken with, whatever their headers say; null to match.</summary>
    public string? Telescope { get; init; }

    /// <summary>Folders that hold no frames of the night: the output folder.</summary>
    public IReadOnlyList<string> Excluded { get; init; } = [];

    /// <summary>One more night.yaml, wherever it lies, that counts for all frames and has the last word; null, or no such file: none.</summary>
    public string? NightFile { get; init; }

    /// <summary>How many folders deep; 0 looks into the named folders only, null as deep as they go.</summary>
    public int? Depth { get; init; }

    /// <summary>The file that remembers what headers said, so that unchanged files are not opened again; null for none.</summary>
    public string? IndexPath { get; init; }

    /// <summary>Which frames to keep; others are not listed.</summary>
    public FrameFilter? Filter { get; init; }

    /// <summary>The index among the user's own caches: <c>albireo/inventory.json</c> beneath $XDG_CACHE_HOME or ~/.cache.</summary>
    public static string UserIndexPath
    {
        get
        {
            string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            string root = !string.IsNullOrEmpty(cache)
                ? cache
                : Path.Combine(
                    Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify),
                    ".cache"
                );
            return Path.Combine(root, "albireo", "inventory.json");
        }
    }
}
