using System.Diagnostics.CodeAnalysis;

namespace Albireo.Science.Detection;

/// <summary>What is to be said about a source; 0 is a plain one.</summary>
[Flags]
[SuppressMessage("Naming", "CA1711", Justification = "These are what the tables call flags.")]
public enum SourceFlags
{
    /// <summary>Nothing to report.</summary>
    None = 0,

    /// <summary>At least one of its pixels is at or above saturation (raw counts).</summary>
    Saturated = 1,

    /// <summary>It reaches the border of the picture.</summary>
    Edge = 2,

    /// <summary>It shared one area above the threshold with a neighbour.</summary>
    Blended = 4,

    /// <summary>One pixel, sharper than a star can be.</summary>
    HotPixel = 8,

    /// <summary>A track of pixels, sharper across than a star can be.</summary>
    CosmicRay = 16,

    /// <summary>Far longer than wide: a satellite's or meteor's trail, a bleeding column.</summary>
    Trailed = 32,

    /// <summary>Pixels without a value, masked ones or repaired ones lie within it.</summary>
    BadPixels = 64,

    /// <summary>The shape could not be measured: position is the barycentre, widths are NaN.</summary>
    NoShape = 128,

    /// <summary>A saturated column that bled along the read-out direction.</summary>
    Bleeding = 256,

    /// <summary>Far wider than the picture's stars: a galaxy, a nebula, a ghost.</summary>
    Extended = 512,
}
