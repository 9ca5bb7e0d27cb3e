namespace Albireo.Web.Frames;

/// <summary>Pixels at or above the saturation level.</summary>
/// <param name="Level">Raw counts, or null where it is not known.</param>
/// <param name="From">Who says so.</param>
/// <param name="Count">Of all pixels of the frame.</param>
public sealed record SaturatedPixels(double? Level, string? From, int Count);
