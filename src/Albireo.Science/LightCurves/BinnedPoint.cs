namespace Albireo.Science.LightCurves;

/// <summary>The mean of the points of one bin.</summary>
/// <param name="Time">Mean time.</param>
/// <param name="Value">Mean value.</param>
/// <param name="Error">√Σσ² / n from the points' errors; NaN where one is unknown.</param>
/// <param name="Spread">Standard deviation of the points over √n; NaN for a single point.</param>
/// <param name="Count">Number of points.</param>
public readonly record struct BinnedPoint(double Time, double Value, double Error, double Spread, int Count);
