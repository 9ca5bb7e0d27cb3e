namespace Albireo.Science.Calibration;

/// <summary>What the calibrated frame is to hold besides its pixels.</summary>
public sealed record CalibrationOptions
{
    /// <summary>Pixels in electrons instead of ADU; needs the gain.</summary>
    public bool Electrons { get; init; }

    /// <summary>Whether the standard deviation of each pixel is computed where gain and read noise are known.</summary>
    public bool Uncertainty { get; init; } = true;

    /// <summary>Correction for counts above the bias, or null; needs a bias frame, or frames from which the overscan was subtracted.</summary>
    public Linearity? Linearity { get; init; }
}
