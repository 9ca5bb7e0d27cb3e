using Albireo.Science.Images;

namespace Albireo.Science.Calibration;

/// <summary>A frame without its bias, dark and flat.</summary>
/// <param name="Pixels">ADU or electrons; NaN where <paramref name="Mask"/> says undefined.</param>
/// <param name="Mask">What is wrong with each pixel, saturation judged on the raw counts.</param>
/// <param name="Uncertainty">Standard deviation of each pixel in the same unit, or null where the noise is not known.</param>
/// <param name="InElectrons">Whether the unit is electrons.</param>
public sealed record CalibratedImage(Image Pixels, PixelMask Mask, Image? Uncertainty, bool InElectrons);
