namespace Albireo.Science.Calibration;

/// <summary>What the limits of clipping are measured in.</summary>
public enum StackSpread
{
    /// <summary>
    /// 1.4826 × the median absolute deviation from the median; where that is 0 (more than half of the values equal, as in digitised
    /// data) 1.2533 × the mean absolute deviation from it (Iglewicz &amp; Hoaglin 1993).
    /// </summary>
    Mad,

    /// <summary>
    /// Standard deviation (divided by the number of values, as numpy and ccdproc do). Among N values none lies further from the mean
    /// than (N − 1)/√N of these, so that a limit of 3 never rejects anything among ten or fewer.
    /// </summary>
    StandardDeviation,
}
