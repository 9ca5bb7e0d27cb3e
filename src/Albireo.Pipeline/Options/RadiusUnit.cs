using Albireo.Science.Numerics;
using Albireo.Science.Photometry;

namespace Albireo.Pipeline.Options;

/// <summary>What radii are counted in.</summary>
public enum RadiusUnit
{
    /// <summary>Pixels, the same in every frame.</summary>
    Pixels,

    /// <summary>Fractions of each frame's own FWHM.</summary>
    FrameFwhm,

    /// <summary>Fractions of the reference frame's FWHM: the same in every frame.</summary>
    ReferenceFwhm,
}
