namespace Albireo.Pipeline.Options;

/// <summary>How a frame is laid on the reference.</summary>
public enum MatchMethod
{
    /// <summary>Triangles of stars: any shift, rotation and reflection, some change of scale.</summary>
    Asterisms,

    /// <summary>A pure shift that pairs of stars vote for.</summary>
    Votes,
}
