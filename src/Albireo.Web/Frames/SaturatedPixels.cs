namespace Albireo.Web.Frames;

/// <summary>Where a frame is saturated.</summary>
/// <param name="Level">Raw counts, or null if unknown.</param>
/// <param name="From">Who says so.</param>
/// <param name="Count">Of all; the first 20 000 are listed.</param>
public sealed record SaturatedPixels(double? Level, string? From, int Count, int[] X, int[] Y);
