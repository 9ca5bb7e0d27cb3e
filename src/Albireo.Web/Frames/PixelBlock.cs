namespace Albireo.Web.Frames;

/// <summary>Values of a small rectangle, row after row from the bottom; NaN (null in JSON) is undefined.</summary>
public sealed record PixelBlock(int X, int Y, int Width, int Height, double[] Values);
