using Albireo.Science.Numerics;

namespace Albireo.Science.Psf;

/// <summary>Flux, x and y of several stars at once on a background of zero.</summary>
internal readonly struct GroupProblem(PsfModel psf, int stars, double[] x, double[] y, double[] value, double[] weight, double reach)
    : ILeastSquaresProblem
{
    public int ParameterCount => 3 * stars;

    public double Evaluate(ReadOnlySpan<double> parameters, Span<double> curvature, Span<double> gradient)
    {
        int n = ParameterCount;
        curvature.Clear();
        gradient.Clear();
        Span<double> j = stackalloc double[n];
        double chiSquare = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double residual = value[i];
            for (int s = 0; s < stars; s++)
            {
                double dx = x[i] - parameters[(3 * s) + 1];
                double dy = y[i] - parameters[(3 * s) + 2];
                (double profile, double slopeX, double slopeY) = (0, 0, 0);
                if ((dx * dx) + (dy * dy) < reach * reach)
                {
                    profile = psf.At(dx, dy, out slopeX, out slopeY);
                }
                double flux = parameters[3 * s];
                residual -= flux * profile;
                j[3 * s] = profile;
                j[(3 * s) + 1] = -flux * slopeX;
                j[(3 * s) + 2] = -flux * slopeY;
            }
            chiSquare += weight[i] * residual * residual;
            for (int k = 0; k < n; k++)
            {
                double weighted = weight[i] * j[k];
                if (weighted == 0)
                {
                    continue;
                }
                gradient[k] += weighted * residual;
                for (int l = 0; l < n; l++)
                {
                    curvature[(k * n) + l] += weighted * j[l];
                }
            }
        }
        return chiSquare;
    }
}
