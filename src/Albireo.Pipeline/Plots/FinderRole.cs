namespace Albireo.Pipeline.Plots;

/// <summary>What a marked star is for.</summary>
public enum FinderRole
{
    /// <summary>Found, not used: grey.</summary>
    Other,

    /// <summary>Red.</summary>
    Target,

    /// <summary>Cyan.</summary>
    Comparison,

    /// <summary>Yellow.</summary>
    Check,
}
