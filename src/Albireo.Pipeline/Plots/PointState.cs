namespace Albireo.Pipeline.Plots;

/// <summary>Whether a point entered the result.</summary>
public enum PointState
{
    Used,

    /// <summary>Left out; drawn as a cross and kept out of the choice of axis limits.</summary>
    Flagged,
}
