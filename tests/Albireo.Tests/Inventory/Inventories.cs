using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Inventory;

namespace Albireo.Tests.Inventory;

/// <summary>Takes inventories with the test's cancellation.</summary>
internal static class Inventories
{
    public static NightInventory Of(string path, ScanOptions? options = null) => Of([path], options);

    public static NightInventory Of(IReadOnlyList<string> paths, ScanOptions? options = null) =>
        NightInventory.Take(paths, Hermetic(options), progress: null, threads: 2, TestContext.Current.CancellationToken);

    /// <summary>Whatever profiles the user of this machine has.</summary>
    private static ScanOptions Hermetic(ScanOptions? options) =>
        (options ?? new ScanOptions()) is { Telescopes: null } open ? open with { Telescopes = TelescopeLibrary.Open() } : options!;
}
