namespace Albireo.Science.Numerics;

/// <summary>A weighted nonlinear least-squares problem, handed to <see cref="LevenbergMarquardt"/> as normal equations.</summary>
public interface ILeastSquaresProblem
{
    /// <summary>Number of parameters.</summary>
    int ParameterCount { get; }

    /// <summary>The weighted sum of squared residuals at <paramref name="parameters"/>, with its normal equations.</summary>
    /// <param name="parameters">Where.</param>
    /// <param name="curvature">Filled with JᵀWJ, row-major, both triangles.</param>
    /// <param name="gradient">Filled with JᵀW(data − model).</param>
    /// <returns>χ²; NaN or ∞ where the parameters make no sense.</returns>
    double Evaluate(ReadOnlySpan<double> parameters, Span<double> curvature, Span<double> gradient);
}
