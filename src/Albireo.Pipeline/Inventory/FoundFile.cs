namespace Albireo.Pipeline.Inventory;

/// <summary>A file that may be a frame.</summary>
internal sealed record FoundFile(string Path, long Length, long ModifiedTicks);
