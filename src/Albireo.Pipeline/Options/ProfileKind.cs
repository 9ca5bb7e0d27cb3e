namespace Albireo.Pipeline.Options;

/// <summary>Where the width of a frame's stars comes from.</summary>
public enum ProfileKind
{
    /// <summary>The median of the stars' adaptive moments.</summary>
    Moments,

    /// <summary>An elliptical Gaussian fitted to the median of the isolated stars' cut-outs.</summary>
    Gaussian,

    /// <summary>An elliptical Moffat profile fitted to the same.</summary>
    Moffat,

    /// <summary>The empirical profile that the isolated stars make up together.</summary>
    Empirical,
}
