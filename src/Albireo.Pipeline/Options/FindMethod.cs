namespace Albireo.Pipeline.Options;

/// <summary>How stars are found.</summary>
public enum FindMethod
{
    /// <summary>Connected areas of the matched-filtered picture above the mesh background, blends told apart.</summary>
    Segments,

    /// <summary>IRAF's starfind, as photutils' IRAFStarFinder.</summary>
    Iraf,

    /// <summary>DAOFIND, as photutils' DAOStarFinder.</summary>
    Dao,

    /// <summary>prose's segmented peaks: connected areas above one level for the whole picture.</summary>
    Peaks,
}
