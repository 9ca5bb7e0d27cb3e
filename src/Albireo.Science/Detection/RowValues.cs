namespace Albireo.Science.Detection;

/// <summary>Fills one row of a map (a background level, a noise level).</summary>
/// <param name="y">Row.</param>
/// <param name="row">As long as the picture is wide. Called on several threads at once for different rows.</param>
public delegate void RowValues(int y, Span<float> row);
