using Albireo.Science.Calibration;

namespace Albireo.Pipeline.Stages;

/// <summary>What <c>albireo detector</c> found.</summary>
/// <param name="Noise">Gain and read noise.</param>
/// <param name="Dark">Dark current, or null where no darks were given.</param>
/// <param name="ShortDarkSeconds">Exposure of the shorter dark, or null.</param>
/// <param name="LongDarkSeconds">Exposure of the longer dark, or null.</param>
public sealed record DetectorMeasurement(
    DetectorEstimate Noise,
    DarkCurrentEstimate? Dark,
    double? ShortDarkSeconds,
    double? LongDarkSeconds
)
{
    /// <summary>Standard deviation of the dark current in electrons a second: its own and the gain's; null where there is none.</summary>
    public double? DarkElectronsError =>
        Dark is not { } dark
            ? null
            : Math.Sqrt(Math.Pow(dark.Error * Noise.GainElectronsPerAdu, 2) + Math.Pow(dark.AduPerSecond * Noise.GainError, 2));
}
