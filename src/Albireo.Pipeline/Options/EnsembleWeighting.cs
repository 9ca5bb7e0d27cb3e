namespace Albireo.Pipeline.Options;

/// <summary>How much each comparison star counts in the sum that the target is divided by.</summary>
public enum EnsembleWeighting
{
    /// <summary><see cref="Sum"/> for stars that were named, <see cref="Broeg"/> for stars that were chosen.</summary>
    Auto,

    /// <summary>The plain sum of their fluxes.</summary>
    Sum,

    /// <summary>Inverse variances of Broeg, Fernández and Neuhäuser (2005).</summary>
    Broeg,

    /// <summary>Broeg's loop as prose computes it: weights 1/σ of groups of 12 points, then equal weights for the stars that help.</summary>
    Prose,
}
