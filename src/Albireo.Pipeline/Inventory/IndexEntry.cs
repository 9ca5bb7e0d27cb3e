namespace Albireo.Pipeline.Inventory;

/// <summary>What the index holds of one file.</summary>
internal sealed record IndexEntry(long Length, long ModifiedTicks, FrameInfo Frame, string? PartHash, string? WholeHash);
