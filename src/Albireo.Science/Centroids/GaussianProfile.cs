using Albireo.Science.Detection;

namespace Albireo.Science.Centroids;

/// <summary>exp(−q/2): q is the squared distance in units of σ.</summary>
internal readonly struct GaussianProfile : IEllipticalProfile
{
    public static bool HasExponent => false;

    public static double At(double q, double exponent, out double byQ, out double byExponent)
    {
        double value = GaussianWeight.OfSquare(q);
        byQ = -0.5 * value;
        byExponent = 0;
        return value;
    }
}
