namespace Albireo.Science.Images;

/// <summary>What is wrong with a pixel; 0 is a good one.</summary>
[Flags]
public enum PixelQuality : byte
{
    /// <summary>A good pixel.</summary>
    None = 0,

    /// <summary>Dead, hot or otherwise known as bad.</summary>
    BadPixel = 1,

    /// <summary>Raw counts at or above saturation.</summary>
    Saturated = 2,

    /// <summary>Raw counts above the linear range.</summary>
    Nonlinear = 4,

    /// <summary>Hit by a cosmic ray.</summary>
    CosmicRay = 8,

    /// <summary>No value (BLANK, NaN, division by a zero flat).</summary>
    Undefined = 16,

    /// <summary>The value was filled in from neighbours.</summary>
    Interpolated = 32,
}
