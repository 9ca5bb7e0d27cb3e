namespace Albireo.Science.Calibration;

/// <summary>Gain and read noise as measured, each with its standard deviation.</summary>
/// <param name="GainElectronsPerAdu">Electrons that make one count.</param>
/// <param name="GainError">Standard deviation of the gain.</param>
/// <param name="ReadNoiseElectrons">Noise of one reading, that of digitisation included.</param>
/// <param name="ReadNoiseError">Standard deviation of the read noise.</param>
/// <param name="FlatLevelAdu">Mean level of the two flats above the bias.</param>
/// <param name="PixelCount">Pixels that it rests on.</param>
public sealed record DetectorEstimate(
    double GainElectronsPerAdu,
    double GainError,
    double ReadNoiseElectrons,
    double ReadNoiseError,
    double FlatLevelAdu,
    int PixelCount
)
{
    /// <summary>Regions that were left out, since a flat is saturated there.</summary>
    public int SaturatedRegions { get; init; }
}
