using System.Security.Cryptography;
using System.Text;
using Albireo.Pipeline.Instruments;
using Albireo.Science.Images;

namespace Albireo.Pipeline.Inventory;

/// <summary>How a night is looked through.</summary>
public sealed record ScanOptions
{
    /// <summary>Telescope profiles; null for the user's own and the built-in ones.</summary>
    public TelescopeLibrary? Telescopes { get; init; }

    /// <summary>Name or file of the profile that all frames were taken with, whatever their headers say; null to match.</summary>
    public string? Telescope { get; init; }

    /// <summary>Folders that hold no frames of the night: the output folder.</summary>
    public IReadOnlyList<string> Excluded { get; init; } = [];

    /// <summary>How many folders deep; 0 looks into the named folders only, null as deep as they go.</summary>
    public int? Depth { get; init; }

    /// <summary>The file that remembers what headers said, so that unchanged files are not opened again; null for none.</summary>
    public string? IndexPath { get; init; }

    /// <summary>Who writes that file while the caller goes on; null: it is written at once.</summary>
    internal Action<Action>? Later { get; init; }

    /// <summary>Degrees east of the place of all frames, for the night that they belong to; null for what the headers say.</summary>
    public double? LongitudeDegrees { get; init; }

    /// <summary>The binning of the frames that take part; null for all.</summary>
    public int? Binning { get; init; }

    /// <summary>The colour plane that frames of colour cameras are taken as; null leaves them as they are.</summary>
    public ColourChannel? Channel { get; init; }

    /// <summary>The user's saturation, raw counts; null for each header's own.</summary>
    public double? SaturationAdu { get; init; }

    /// <summary>The user's own keywords and words, tried before all others.</summary>
    internal HeaderWords Words { get; init; } = HeaderWords.None;

    /// <summary>Which frames to keep; others are not listed.</summary>
    public FrameFilter? Filter { get; init; }

    /// <summary>The index of some folders among the user's own caches: in <c>albireo</c> beneath $XDG_CACHE_HOME or ~/.cache.</summary>
    public static string UserIndexPath(IReadOnlyList<string> inputs)
    {
        string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        string root = !string.IsNullOrEmpty(cache)
            ? cache
            : Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify),
                ".cache"
            );
        string all = string.Join('\0', inputs.Select(Path.GetFullPath).Order(StringComparer.Ordinal));
        string key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..16];
        return Path.Combine(root, "albireo", $"inventory-{key}.json");
    }
}
