namespace Albireo.Science.Photometry;

/// <summary>What may be wrong with a flux: a bit mask whose values and names are part of the file format.</summary>
[Flags]
public enum FluxQuality : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A pixel of the aperture is saturated.</summary>
    Saturated = 1,

    /// <summary>A pixel of the aperture is above the linear range.</summary>
    Nonlinear = 2,

    /// <summary>A pixel of the aperture is bad or has no value.</summary>
    BadPixel = 4,

    /// <summary>A cosmic ray hit the aperture.</summary>
    CosmicRay = 8,

    /// <summary>The aperture reaches beyond the picture.</summary>
    Edge = 16,

    /// <summary>Light of another star falls into the aperture.</summary>
    Neighbour = 32,

    /// <summary>The star's position could not be measured in this frame.</summary>
    NoCentroid = 64,

    /// <summary>A pixel of the aperture was filled in from its neighbours.</summary>
    Interpolated = 128,

    /// <summary>A comparison star is missing or unusable in this frame.</summary>
    ComparisonMissing = 256,

    /// <summary>Far from the rest of the curve.</summary>
    Outlier = 512,

    /// <summary>Taken through cloud.</summary>
    Cloud = 1024,

    /// <summary>The star is drawn out.</summary>
    Trailed = 2048,

    /// <summary>A satellite's or meteor's trail crosses the aperture or much of the sky's annulus.</summary>
    Trail = 4096,
}
