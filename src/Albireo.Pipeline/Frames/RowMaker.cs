namespace Albireo.Pipeline.Frames;

/// <summary>Makes some rows of a picture.</summary>
/// <param name="first">0-based.</param>
/// <param name="count">Rows.</param>
/// <param name="rows">Receives count · width pixels.</param>
internal delegate void RowMaker(int first, int count, Span<float> rows);
