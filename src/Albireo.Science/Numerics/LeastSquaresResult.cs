namespace Albireo.Science.Numerics;

/// <summary>Where a least-squares fit ended.</summary>
/// <param name="ChiSquare">Weighted sum of squared residuals.</param>
/// <param name="Iterations">Steps tried.</param>
/// <param name="Converged">Whether no further step lowered it noticeably.</param>
public readonly record struct LeastSquaresResult(double ChiSquare, int Iterations, bool Converged);
