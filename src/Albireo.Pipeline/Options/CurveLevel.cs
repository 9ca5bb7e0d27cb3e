namespace Albireo.Pipeline.Options;

/// <summary>What counts as 1 in a curve over several nights.</summary>
public enum CurveLevel
{
    /// <summary>The median of all nights: changes from night to night stay.</summary>
    Whole,

    /// <summary>Each night's own median: for eclipses, whose level outside is the same every night.</summary>
    Night,
}
