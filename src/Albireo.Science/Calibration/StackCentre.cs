namespace Albireo.Science.Calibration;

/// <summary>Where the limits of clipping are centred.</summary>
public enum StackCentre
{
    /// <summary>Median of the values still in.</summary>
    Median,

    /// <summary>Mean of the values still in.</summary>
    Mean,
}
