using Albireo.Science.Images;

namespace Albireo.Science.Calibration;

/// <summary>Pictures of the frame's size to write into, so that a night needs only as many as there are frames in flight.</summary>
/// <param name="Pixels">May be the raw frame itself.</param>
/// <param name="Mask">Overwritten.</param>
/// <param name="Uncertainty">Needed only where an uncertainty is computed.</param>
public sealed record CalibrationBuffers(Image Pixels, PixelMask Mask, Image? Uncertainty);
