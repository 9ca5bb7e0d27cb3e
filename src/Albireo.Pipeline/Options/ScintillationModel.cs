namespace Albireo.Pipeline.Options;

/// <summary>How large scintillation is taken to be.</summary>
public enum ScintillationModel
{
    /// <summary>It is left out.</summary>
    None,

    /// <summary>Young 1967.</summary>
    Young,

    /// <summary>Young's law with the strength that Osborn et al. 2015 measured.</summary>
    Osborn,
}
