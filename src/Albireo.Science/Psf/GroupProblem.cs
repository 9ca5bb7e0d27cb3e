using Albireo.Science.Numerics;

namespace Albireo.Science.Psf;

/// <summary>
/// Flux, x and y of several stars at once on a background of zero. A star's place is trusted as its σ says: a term
/// ((x − start)² + (y − start)²) / σ² that no star well seen feels, and that keeps one that is hardly there from running away.
/// </summary>
internal readonly struct GroupProblem(PsfModel psf, GroupPixels pixels, double[] startX, double[] startY, double[] placeWeight)
    : ILeastSquaresProblem
{
    public int ParameterCount => 3 * startX.Length;

    public double Evaluate(ReadOnlySpan<double> parameters, Span<double> curvature, Span<double> gradient)
    {
        int n = ParameterCount;
        int count = pixels.Count;
        curvature.Clear();
        gradient.Clear();
        ReadOnlySpan<int> x = pixels.X.AsSpan(0, count);
        ReadOnlySpan<int> y = pixels.Y.AsSpan(0, count);
        Span<double> jacobian = pixels.Jacobian(n);
        for (int s = 0; s < startX.Length; s++)
        {
            double flux = parameters[3 * s];
            Span<double> profile = jacobian.Slice(3 * s * count, count);
            Span<double> slopeX = jacobian.Slice(((3 * s) + 1) * count, count);
            Span<double> slopeY = jacobian.Slice(((3 * s) + 2) * count, count);
            psf.Sample(parameters[(3 * s) + 1], parameters[(3 * s) + 2], x, y, profile, slopeX, slopeY);
            for (int i = 0; i < count; i++)
            {
                slopeX[i] *= -flux;
                slopeY[i] *= -flux;
            }
        }
        double chiSquare = 0;
        Span<double> j = stackalloc double[n];
        for (int i = 0; i < count; i++)
        {
            double residual = pixels.Value[i];
            for (int k = 0; k < n; k++)
            {
                j[k] = jacobian[(k * count) + i];
            }
            for (int s = 0; s < startX.Length; s++)
            {
                residual -= parameters[3 * s] * j[3 * s];
            }
            double weight = pixels.Weight[i];
            chiSquare += weight * residual * residual;
            for (int k = 0; k < n; k++)
            {
                double weighted = weight * j[k];
                if (weighted == 0)
                {
                    continue;
                }
                gradient[k] += weighted * residual;
                Span<double> row = curvature.Slice(k * n, k + 1);
                for (int l = 0; l < row.Length; l++)
                {
                    row[l] += weighted * j[l];
                }
            }
        }
        for (int s = 0; s < startX.Length; s++)
        {
            (double dx, double dy) = (parameters[(3 * s) + 1] - startX[s], parameters[(3 * s) + 2] - startY[s]);
            chiSquare += placeWeight[s] * ((dx * dx) + (dy * dy));
            gradient[(3 * s) + 1] -= placeWeight[s] * dx;
            gradient[(3 * s) + 2] -= placeWeight[s] * dy;
            curvature[(((3 * s) + 1) * n) + (3 * s) + 1] += placeWeight[s];
            curvature[(((3 * s) + 2) * n) + (3 * s) + 2] += placeWeight[s];
        }
        for (int k = 0; k < n; k++)
        {
            for (int l = k + 1; l < n; l++)
            {
                curvature[(k * n) + l] = curvature[(l * n) + k];
            }
        }
        return chiSquare;
    }
}
