namespace Albireo.Science.Calibration;

/// <summary>How the overscan strip becomes the bias level of each line.</summary>
public enum OverscanMethod
{
    /// <summary>Median of the strip in each line.</summary>
    Median,

    /// <summary>Mean of the strip in each line.</summary>
    Mean,

    /// <summary>A polynomial through the means of the lines, which follows a drift without their noise.</summary>
    Polynomial,

    /// <summary>One level for the whole frame: the median of the strip.</summary>
    Constant,
}
