namespace Albireo.Science.Transits;

/// <summary>A depth with its error.</summary>
/// <param name="Depth">Fraction of the flux that is missing where the shape is 1.</param>
/// <param name="Error">One σ.</param>
/// <param name="Scatter">Standard deviation of the residuals, relative flux.</param>
/// <param name="Points">Points that entered.</param>
public readonly record struct DepthEstimate(double Depth, double Error, double Scatter, int Points);
