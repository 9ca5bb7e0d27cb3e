namespace Albireo.Science.Numerics;

/// <summary>
/// Nonlinear least squares by Levenberg (1944) and Marquardt (1963): damped normal equations, solved by Cholesky's factorisation. For
/// a dozen parameters at most.
/// </summary>
public static class LevenbergMarquardt
{
    private const double LargestDamping = 1e10;

    /// <summary>Minimises a problem from a start.</summary>
    /// <typeparam name="TProblem">A struct, so that evaluations are not virtual calls.</typeparam>
    /// <param name="problem">What to minimise.</param>
    /// <param name="parameters">The start; the minimum on return.</param>
    /// <param name="covariance">Inverse of JᵀWJ at the minimum, row-major, or empty when not wanted; NaN where it is singular.</param>
    /// <param name="maximumIterations">Steps tried at most.</param>
    /// <param name="tolerance">Relative change of χ² below which it has converged.</param>
    public static LeastSquaresResult Minimize<TProblem>(
        in TProblem problem,
        Span<double> parameters,
        Span<double> covariance = default,
        int maximumIterations = 60,
        double tolerance = 1e-10
    )
        where TProblem : struct, ILeastSquaresProblem
    {
        int n = problem.ParameterCount;
        Require.SameLength(n, parameters.Length);
        Span<double> curvature = stackalloc double[n * n];
        Span<double> trialCurvature = stackalloc double[n * n];
        Span<double> factor = stackalloc double[n * n];
        Span<double> gradient = stackalloc double[n];
        Span<double> trialGradient = stackalloc double[n];
        Span<double> step = stackalloc double[n];
        Span<double> trial = stackalloc double[n];
        double chiSquare = problem.Evaluate(parameters, curvature, gradient);
        double damping = 1e-3;
        bool converged = false;
        int iteration = 0;
        while (double.IsFinite(chiSquare) && !converged && iteration < maximumIterations)
        {
            iteration++;
            curvature.CopyTo(factor);
            for (int i = 0; i < n; i++)
            {
                factor[(i * n) + i] *= 1 + damping;
            }
            bool solved = Factor(factor, n);
            if (solved)
            {
                gradient.CopyTo(step);
                Solve(factor, n, step);
                for (int i = 0; i < n; i++)
                {
                    trial[i] = parameters[i] + step[i];
                }
            }
            double lower = solved ? problem.Evaluate(trial, trialCurvature, trialGradient) : double.NaN;
            if (lower <= chiSquare)
            {
                converged = chiSquare - lower <= tolerance * (lower + double.Epsilon);
                chiSquare = lower;
                trial.CopyTo(parameters);
                trialCurvature.CopyTo(curvature);
                trialGradient.CopyTo(gradient);
                damping = Math.Max(damping / 10, 1e-12);
            }
            else
            {
                damping *= 10;
                if (damping > LargestDamping)
                {
                    // No direction leads down: a minimum, as far as rounding lets it be seen.
                    converged = solved;
                    break;
                }
            }
        }
        if (!covariance.IsEmpty)
        {
            Invert(curvature, n, covariance);
        }
        return new LeastSquaresResult(chiSquare, iteration, converged && double.IsFinite(chiSquare));
    }

    /// <summary>Inverse of a symmetric positive definite matrix; NaN where it is not.</summary>
    public static void Invert(ReadOnlySpan<double> matrix, int n, Span<double> inverse)
    {
        Span<double> factor = stackalloc double[n * n];
        matrix[..(n * n)].CopyTo(factor);
        if (!Factor(factor, n))
        {
            inverse[..(n * n)].Fill(double.NaN);
            return;
        }
        Span<double> column = stackalloc double[n];
        for (int j = 0; j < n; j++)
        {
            column.Clear();
            column[j] = 1;
            Solve(factor, n, column);
            for (int i = 0; i < n; i++)
            {
                inverse[(i * n) + j] = column[i];
            }
        }
    }

    // Lower Cholesky factor in place; false where the matrix is not positive definite.
    private static bool Factor(Span<double> a, int n)
    {
        for (int j = 0; j < n; j++)
        {
            double d = a[(j * n) + j];
            for (int k = 0; k < j; k++)
            {
                d -= a[(j * n) + k] * a[(j * n) + k];
            }
            if (!(d > 0) || !double.IsFinite(d))
            {
                return false;
            }
            d = Math.Sqrt(d);
            a[(j * n) + j] = d;
            for (int i = j + 1; i < n; i++)
            {
                double s = a[(i * n) + j];
                for (int k = 0; k < j; k++)
                {
                    s -= a[(i * n) + k] * a[(j * n) + k];
                }
                a[(i * n) + j] = s / d;
            }
        }
        return true;
    }

    private static void Solve(ReadOnlySpan<double> factor, int n, Span<double> b)
    {
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < i; k++)
            {
                b[i] -= factor[(i * n) + k] * b[k];
            }
            b[i] /= factor[(i * n) + i];
        }
        for (int i = n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < n; k++)
            {
                b[i] -= factor[(k * n) + i] * b[k];
            }
            b[i] /= factor[(i * n) + i];
        }
    }
}
