namespace Albireo.Pipeline.Options;

/// <summary>How a period is looked for in the curve.</summary>
public enum PeriodSearch
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>Sines: the generalised periodogram of Zechmeister and Kürster (2009).</summary>
    LombScargle,

    /// <summary>Dips: box least squares of Kovács, Zucker and Mazeh (2002).</summary>
    Bls,
}
