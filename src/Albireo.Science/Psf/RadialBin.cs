namespace Albireo.Science.Psf;

/// <summary>One ring of a radial profile.</summary>
/// <param name="RadiusPixels">Mean distance of its pixels from the centre.</param>
/// <param name="Value">Mean of its pixels above the sky.</param>
/// <param name="Scatter">Standard deviation of its pixels.</param>
/// <param name="PixelCount">Pixels in it.</param>
public readonly record struct RadialBin(double RadiusPixels, double Value, double Scatter, int PixelCount);
