namespace Albireo.Pipeline.Options;

/// <summary>What DS9's circles are counted in.</summary>
public enum RegionFrame
{
    /// <summary>Pixels of the reference frame.</summary>
    Image,

    /// <summary>Right ascension and declination.</summary>
    Fk5,
}
