namespace Albireo.Pipeline.Stages;

/// <summary>A curve over the phase of a period.</summary>
/// <param name="PeriodDays">Days.</param>
/// <param name="T0">Time of phase 0, on the scale of the curve.</param>
/// <param name="Source">Who said so, in words.</param>
/// <param name="Phase">−0.5 … 0.5, one a frame; NaN where the time is not known.</param>
/// <param name="Cycle">Periods since <paramref name="T0"/>, one a frame.</param>
public sealed record FoldedCurve(double PeriodDays, double T0, string Source, double[] Phase, int[] Cycle);
