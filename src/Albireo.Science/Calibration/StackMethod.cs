namespace Albireo.Science.Calibration;

/// <summary>How the values of one pixel in several frames become one value.</summary>
public enum StackMethod
{
    /// <summary>Mean of all values, weighted where weights are given.</summary>
    Mean,

    /// <summary>Median; of an even number of values the mean of the middle two. Weights do not count.</summary>
    Median,

    /// <summary>Mean of what is left after clipping along the stack, weighted where weights are given.</summary>
    ClippedMean,

    /// <summary>As <see cref="ClippedMean"/>, the limits from winsorised values (median and 1.134 × standard deviation of values pulled in to 1.5 σ).</summary>
    WinsorisedMean,

    /// <summary>Mean after leaving out a fixed number of lowest and of highest values.</summary>
    MinMaxMean,
}
