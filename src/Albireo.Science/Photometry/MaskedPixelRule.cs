namespace Albireo.Science.Photometry;

/// <summary>What becomes of an aperture that holds pixels without a usable value (bad, hit by a cosmic ray, undefined).</summary>
public enum MaskedPixelRule
{
    /// <summary>Its flux is NaN and flagged.</summary>
    Undefined,

    /// <summary>They are left out, and the sky is subtracted for the area that remains (photutils with a mask). Flagged.</summary>
    LeaveOut,

    /// <summary>They take the mean of the aperture's other pixels: the sum is scaled by whole over good area (SEP's masks). Flagged.</summary>
    AreaCorrected,
}
