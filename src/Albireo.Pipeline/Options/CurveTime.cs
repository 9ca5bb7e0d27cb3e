namespace Albireo.Pipeline.Options;

/// <summary>Which instant of an exposure a point is dated by.</summary>
public enum CurveTime
{
    /// <summary>Its middle.</summary>
    Mid,

    /// <summary>Its start: wrong by half an exposure, for comparison with curves that were dated so.</summary>
    Start,
}
