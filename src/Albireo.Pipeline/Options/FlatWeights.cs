namespace Albireo.Pipeline.Options;

/// <summary>How much each flat counts in a mean.</summary>
public enum FlatWeights
{
    /// <summary>All the same.</summary>
    None,

    /// <summary>In proportion to its level: inverse variance where photon noise alone counts.</summary>
    Level,

    /// <summary>Inverse variance of its scaled values from gain and read noise; where these are not known, as <see cref="Level"/>.</summary>
    InverseVariance,
}
