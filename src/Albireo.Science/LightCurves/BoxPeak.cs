namespace Albireo.Science.LightCurves;

/// <summary>The best box at one period.</summary>
/// <param name="Period">Days.</param>
/// <param name="Power">Gain of log-likelihood over a constant; −∞ where there is no dip.</param>
/// <param name="Depth">Flux outside minus flux inside.</param>
/// <param name="DepthError">One σ.</param>
/// <param name="Duration">Days.</param>
/// <param name="TransitTime">Middle of the first dip, on the scale of the times.</param>
public readonly record struct BoxPeak(double Period, double Power, double Depth, double DepthError, double Duration, double TransitTime);
