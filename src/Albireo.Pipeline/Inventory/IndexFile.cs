namespace Albireo.Pipeline.Inventory;

/// <summary>The index as it lies on the disk.</summary>
internal sealed record IndexFile(int Version, string Profiles, IReadOnlyList<IndexEntry> Entries);
