namespace Albireo.Science.Calibration;

/// <summary>
/// Noise of a value v before scaling: variance <c>max(v − pedestal, 0)/gain + (read noise/gain)²</c>, in ADU².
/// </summary>
/// <param name="GainElectronsPerAdu">Above 0.</param>
/// <param name="ReadNoiseElectrons">0 or more; of a value from which a bias frame was subtracted, this and that frame's noise.</param>
/// <param name="PedestalAdu">The part of the values that no photons or electrons made: the bias level, or 0 where it was removed.</param>
public readonly record struct StackNoise(double GainElectronsPerAdu, double ReadNoiseElectrons, double PedestalAdu);
