namespace Albireo.Pipeline.Options;

/// <summary>Along which lines of a light the bias level drifts during the readout, with no overscan to tell.</summary>
public enum DriftChoice
{
    None,

    /// <summary>Each row has a level of its own.</summary>
    Rows,

    /// <summary>Each column has a level of its own: a detector whose picture is turned.</summary>
    Columns,
}
