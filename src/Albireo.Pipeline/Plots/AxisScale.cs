namespace Albireo.Pipeline.Plots;

/// <summary>How values run along an axis.</summary>
public enum AxisScale
{
    Linear,
    Logarithmic,

    /// <summary>Days; whole days are taken off the tick labels and named in the axis label.</summary>
    JulianDate,
}
