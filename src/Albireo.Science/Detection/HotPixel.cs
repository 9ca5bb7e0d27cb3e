namespace Albireo.Science.Detection;

/// <summary>A pixel that was repaired because nothing that went through the optics is as sharp.</summary>
internal readonly record struct HotPixel(int X, int Y, float Value, float Noise);
