namespace Albireo.Science.Photometry;

/// <summary>What radii are counted in.</summary>
public enum LengthUnit
{
    /// <summary>Pixels.</summary>
    Pixels,

    /// <summary>The FWHM of the stars in the frame being measured.</summary>
    FrameFwhm,

    /// <summary>The FWHM of the stars in the reference frame.</summary>
    ReferenceFwhm,
}
