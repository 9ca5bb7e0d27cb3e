using Albireo.Science.Images;

namespace Albireo.Pipeline.Stages;

/// <summary>Which pixels of a frame are bad, and who says so; goes to HISTORY.</summary>
public sealed record BadPixelMap(PixelMask Mask, string Provenance);
