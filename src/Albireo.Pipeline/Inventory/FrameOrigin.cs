namespace Albireo.Pipeline.Inventory;

/// <summary>Where a sub-frame begins on the full frame, in pixels as read out, from 0.</summary>
public readonly record struct FrameOrigin(int Column, int Row);
