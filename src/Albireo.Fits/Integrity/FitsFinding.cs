namespace Albireo.Fits;

/// <summary>Something that is wrong with a file.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Hdu">0-based number of the HDU; −1 for the file as a whole.</param>
/// <param name="Text">One sentence; control characters of header text are escaped.</param>
public sealed record FitsFinding(FitsSeverity Severity, int Hdu, string Text);
