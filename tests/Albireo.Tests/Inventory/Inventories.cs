using Albireo.Pipeline.Inventory;

namespace Albireo.Tests.Inventory;

/// <summary>Takes inventories with the test's cancellation.</summary>
internal static class Inventories
{
    public static NightInventory Of(string path, InventoryOptions? options = null) => Of([path], options);

    public static NightInventory Of(IReadOnlyList<string> paths, InventoryOptions? options = null) =>
        NightInventory.Take(paths, options, progress: null, threads: 2, TestContext.Current.CancellationToken);
}
