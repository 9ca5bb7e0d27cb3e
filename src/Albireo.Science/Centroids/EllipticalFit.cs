using Albireo.Science.Numerics;

namespace Albireo.Science.Centroids;

/// <summary>
/// Fits sky + amplitude · profile(q) with q = p·dx² + 2r·dx·dy + t·dy², an ellipse of any direction without an angle to go astray.
/// Parameters in order: amplitude, x, y, p, t, r, sky and, where the profile has one, its exponent. The Jacobian is analytic.
/// </summary>
internal readonly struct EllipticalFit<TProfile>(PixelBox box, double lowestExponent = 1.01, double highestExponent = 20)
    : ILeastSquaresProblem
    where TProfile : struct, IEllipticalProfile
{
    public const int Amplitude = 0;
    public const int X = 1;
    public const int Y = 2;
    public const int P = 3;
    public const int T = 4;
    public const int R = 5;
    public const int Sky = 6;
    public const int Exponent = 7;

    public int ParameterCount => TProfile.HasExponent ? 8 : 7;

    public double Evaluate(ReadOnlySpan<double> parameters, Span<double> curvature, Span<double> gradient)
    {
        int n = ParameterCount;
        curvature.Clear();
        gradient.Clear();
        (double a, double x0, double y0) = (parameters[Amplitude], parameters[X], parameters[Y]);
        (double p, double t, double r, double sky) = (parameters[P], parameters[T], parameters[R], parameters[Sky]);
        double exponent = TProfile.HasExponent ? parameters[Exponent] : 0;
        if (
            !(p > 0)
            || !(t > 0)
            || !(p * t > r * r)
            || (TProfile.HasExponent && !(exponent >= lowestExponent && exponent <= highestExponent))
        )
        {
            return double.NaN;
        }
        Span<double> j = stackalloc double[8];
        j[Sky] = 1;
        double chiSquare = 0;
        for (int i = 0; i < box.Count; i++)
        {
            double dx = box.X[i] - x0;
            double dy = box.Y[i] - y0;
            double q = (p * dx * dx) + (2 * r * dx * dy) + (t * dy * dy);
            double value = TProfile.At(q, exponent, out double byQ, out double byExponent);
            double weight = box.Weight[i];
            double residual = box.Value[i] - sky - (a * value);
            chiSquare += weight * residual * residual;
            double slope = a * byQ;
            j[Amplitude] = value;
            j[X] = -2 * slope * ((p * dx) + (r * dy));
            j[Y] = -2 * slope * ((r * dx) + (t * dy));
            j[P] = slope * dx * dx;
            j[T] = slope * dy * dy;
            j[R] = 2 * slope * dx * dy;
            j[Exponent] = a * byExponent;
            for (int k = 0; k < n; k++)
            {
                double weighted = weight * j[k];
                gradient[k] += weighted * residual;
                for (int l = 0; l <= k; l++)
                {
                    curvature[(k * n) + l] += weighted * j[l];
                }
            }
        }
        for (int k = 0; k < n; k++)
        {
            for (int l = 0; l < k; l++)
            {
                curvature[(l * n) + k] = curvature[(k * n) + l];
            }
        }
        return chiSquare;
    }
}
