using Albireo.Science.Centroids;
using Albireo.Science.Numerics;

namespace Albireo.Science.Psf;

/// <summary>Flux, x, y and (unless known) sky of one star with a known profile.</summary>
internal readonly struct PositionProblem(PixelBox box, PsfModel psf, double knownSky) : ILeastSquaresProblem
{
    public int ParameterCount => double.IsNaN(knownSky) ? 4 : 3;

    public double Evaluate(ReadOnlySpan<double> parameters, Span<double> curvature, Span<double> gradient)
    {
        int n = ParameterCount;
        curvature.Clear();
        gradient.Clear();
        (double flux, double x, double y) = (parameters[0], parameters[1], parameters[2]);
        double sky = n == 4 ? parameters[3] : knownSky;
        Span<double> j = stackalloc double[4];
        j[3] = 1;
        double chiSquare = 0;
        for (int i = 0; i < box.Count; i++)
        {
            j[0] = psf.At(box.X[i] - x, box.Y[i] - y, out double slopeX, out double slopeY);
            j[1] = -flux * slopeX;
            j[2] = -flux * slopeY;
            double residual = box.Value[i] - sky - (flux * j[0]);
            chiSquare += box.Weight[i] * residual * residual;
            for (int k = 0; k < n; k++)
            {
                double weighted = box.Weight[i] * j[k];
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
