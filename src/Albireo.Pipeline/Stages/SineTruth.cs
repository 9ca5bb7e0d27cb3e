namespace Albireo.Pipeline.Stages;

/// <summary>A sine in a simulated target's light: 1 + amplitude · sin(2π (JD − start) / period).</summary>
/// <param name="Amplitude">Half of peak to peak.</param>
/// <param name="PeriodDays">Days.</param>
/// <param name="StartJdUtc">When it rises through its mean.</param>
public sealed record SineTruth(double Amplitude, double PeriodDays, double StartJdUtc);
