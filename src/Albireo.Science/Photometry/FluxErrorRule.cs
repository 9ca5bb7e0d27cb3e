namespace Albireo.Science.Photometry;

/// <summary>How pixel errors add up over an aperture whose edge pixels count with a fraction f.</summary>
public enum FluxErrorRule
{
    /// <summary>√Σ f²σ², which is what error propagation says.</summary>
    FractionSquared,

    /// <summary>√Σ f σ², as photutils up to 3.0 and SEP: too large by a few per cent in small apertures. To reproduce published numbers.</summary>
    Fraction,
}
