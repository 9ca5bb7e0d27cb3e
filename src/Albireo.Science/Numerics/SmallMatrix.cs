namespace Albireo.Science.Numerics;

/// <summary>Symmetric matrices of a handful of rows, row-major, without allocation.</summary>
internal static class SmallMatrix
{
    /// <summary>Replaces the lower triangle by its Cholesky factor.</summary>
    /// <returns>ln det of the matrix; NaN if it is not positive definite.</returns>
    public static double Cholesky(Span<double> matrix, int n)
    {
        double logDeterminant = 0;
        for (int j = 0; j < n; j++)
        {
            double before = matrix[(j * n) + j];
            double diagonal = before;
            for (int k = 0; k < j; k++)
            {
                diagonal -= matrix[(j * n) + k] * matrix[(j * n) + k];
            }
            if (!(diagonal > 1e-13 * before))
            {
                return double.NaN;
            }
            double root = Math.Sqrt(diagonal);
            matrix[(j * n) + j] = root;
            logDeterminant += 2 * Math.Log(root);
            for (int i = j + 1; i < n; i++)
            {
                double sum = matrix[(i * n) + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= matrix[(i * n) + k] * matrix[(j * n) + k];
                }
                matrix[(i * n) + j] = sum / root;
            }
        }
        return logDeterminant;
    }

    /// <summary>Solves L Lᵀ x = b in place.</summary>
    public static void Solve(ReadOnlySpan<double> factor, int n, Span<double> b)
    {
        for (int i = 0; i < n; i++)
        {
            double sum = b[i];
            for (int k = 0; k < i; k++)
            {
                sum -= factor[(i * n) + k] * b[k];
            }
            b[i] = sum / factor[(i * n) + i];
        }
        SolveTransposed(factor, n, b);
    }

    /// <summary>Solves Lᵀ x = b in place; of normal deviates it makes deviates with covariance (L Lᵀ)⁻¹.</summary>
    public static void SolveTransposed(ReadOnlySpan<double> factor, int n, Span<double> b)
    {
        for (int i = n - 1; i >= 0; i--)
        {
            double sum = b[i];
            for (int k = i + 1; k < n; k++)
            {
                sum -= factor[(k * n) + i] * b[k];
            }
            b[i] = sum / factor[(i * n) + i];
        }
    }
}
