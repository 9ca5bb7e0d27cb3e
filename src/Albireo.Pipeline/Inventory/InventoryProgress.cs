namespace Albireo.Pipeline.Inventory;

/// <summary>How far the inventory is.</summary>
public readonly record struct InventoryProgress(int Done, int Total);
