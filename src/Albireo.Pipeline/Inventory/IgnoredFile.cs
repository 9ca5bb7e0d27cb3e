namespace Albireo.Pipeline.Inventory;

/// <summary>A file that was passed over, and why.</summary>
public sealed record IgnoredFile(string Path, string Reason)
{
    internal const string EarlierRun = "products of an earlier run";
}
