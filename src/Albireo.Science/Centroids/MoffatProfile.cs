namespace Albireo.Science.Centroids;

/// <summary>(1 + q)^−β (Moffat 1969, A&amp;A 3, 455): q is the squared distance in units of the core radius.</summary>
internal readonly struct MoffatProfile : IEllipticalProfile
{
    public static bool HasExponent => true;

    public static double At(double q, double exponent, out double byQ, out double byExponent)
    {
        double log = Math.Log(1 + q);
        double value = Math.Exp(-exponent * log);
        byQ = -exponent * value / (1 + q);
        byExponent = -log * value;
        return value;
    }
}
