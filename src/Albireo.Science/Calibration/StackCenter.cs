namespace Albireo.Science.Calibration;

/// <summary>Where the limits of clipping are centred.</summary>
public enum StackCenter
{
    /// <summary>Median of the values still in.</summary>
    Median,

    /// <summary>Mean of the values still in.</summary>
    Mean,
}
