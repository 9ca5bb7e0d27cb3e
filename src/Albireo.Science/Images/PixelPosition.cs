namespace Albireo.Science.Images;

/// <summary>A position on a picture: (0, 0) is the centre of the first pixel.</summary>
/// <param name="X">Column.</param>
/// <param name="Y">Row.</param>
public readonly record struct PixelPosition(double X, double Y);
