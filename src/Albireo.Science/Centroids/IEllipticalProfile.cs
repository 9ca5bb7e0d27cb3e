namespace Albireo.Science.Centroids;

/// <summary>A radial profile of peak 1 as a function of the squared elliptical radius q.</summary>
internal interface IEllipticalProfile
{
    /// <summary>Whether it has an exponent that is fitted.</summary>
    static abstract bool HasExponent { get; }

    /// <summary>Value at q, its derivative by q, and by the exponent.</summary>
    static abstract double At(double q, double exponent, out double byQ, out double byExponent);
}
