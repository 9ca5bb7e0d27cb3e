namespace Albireo.Pipeline.Options;

/// <summary>What is taken off a picture before the methods iraf and dao look at it.</summary>
public enum SkySubtraction
{
    /// <summary>The background map.</summary>
    Map,

    /// <summary>One number, the median of the background mesh.</summary>
    Median,

    /// <summary>Nothing.</summary>
    None,
}
