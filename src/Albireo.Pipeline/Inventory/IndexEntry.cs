namespace Albireo.Pipeline.Inventory;

/// <summary>What the index holds of one file, read with a profile that the user named (empty: none).</summary>
internal sealed record IndexEntry(long Length, long ModifiedTicks, string Profile, FrameInfo Frame, string? PartHash, string? WholeHash);
