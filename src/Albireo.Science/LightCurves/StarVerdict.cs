namespace Albireo.Science.LightCurves;

/// <summary>Whether a star is a comparison, and why.</summary>
/// <param name="Star">Its index.</param>
/// <param name="IsComparison">Whether it is part of the ensemble.</param>
/// <param name="Reason">Why, in a few words.</param>
/// <param name="Weight">Of the normalised flux, all together 1; 0 outside the ensemble.</param>
/// <param name="Scatter">Relative standard deviation against the ensemble; NaN where it was not measured.</param>
/// <param name="Trend">Relative linear change over the night against the ensemble; NaN where it was not measured.</param>
public sealed record StarVerdict(int Star, bool IsComparison, string Reason, double Weight, double Scatter, double Trend);
