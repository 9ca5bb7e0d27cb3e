namespace Albireo.Pipeline.Plots;

/// <summary>How a series is drawn.</summary>
public enum SeriesStyle
{
    Points,
    Line,

    /// <summary>A dashed line; models and limits beside data.</summary>
    Dashed,

    /// <summary>A line that keeps each value until half-way to the next.</summary>
    Steps,

    /// <summary>Bars from zero; x holds the centres of evenly spaced bins.</summary>
    Histogram,
}
