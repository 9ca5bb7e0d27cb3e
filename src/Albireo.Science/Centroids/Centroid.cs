namespace Albireo.Science.Centroids;

/// <summary>A refined centre.</summary>
/// <param name="X">Column; where it did not converge, that of the start.</param>
/// <param name="Y">Row; likewise.</param>
/// <param name="Converged">Whether the refinement settled within its bounds.</param>
public readonly record struct Centroid(double X, double Y, bool Converged);
