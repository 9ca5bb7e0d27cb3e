namespace Albireo.Science.Images;

/// <summary>A part of the counts of a frame; the same whenever it is asked for, and valid until the next is.</summary>
/// <param name="index">0-based.</param>
public delegate ReadOnlySpan<float> CountBlock(int index);
