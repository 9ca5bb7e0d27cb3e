using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Albireo.Science.Detection;

/// <summary>
/// exp(−u/2), the same bits on every machine and in scalar and vector form (a C library's exp differs in its last bit between CPUs).
/// Range reduction by ln 2 and Taylor's series to the ninth power: relative error below 1e-10.
/// </summary>
internal static class GaussianWeight
{
    private const double PerHalf = -0.5 * 1.4426950408889634074; // u → exponent of two
    private const double LnTwo = 0.69314718055994530942;
    private const double Rounder = 6755399441055744.0; // 1.5·2^52: adding it rounds to an integer in the low bits
    private const double Largest = 1400; // exp(−700)

    private const double C2 = 1.0 / 2;
    private const double C3 = 1.0 / 6;
    private const double C4 = 1.0 / 24;
    private const double C5 = 1.0 / 120;
    private const double C6 = 1.0 / 720;
    private const double C7 = 1.0 / 5040;
    private const double C8 = 1.0 / 40320;
    private const double C9 = 1.0 / 362880;

    /// <summary>exp(−<paramref name="u"/>/2) for u ≥ 0.</summary>
    public static double OfSquare(double u)
    {
        u = u < Largest ? u : Largest;
        double exponent = u * PerHalf;
        double shifted = exponent + Rounder;
        double r = (exponent - (shifted - Rounder)) * LnTwo;
        double p = (r * C9) + C8;
        p = (p * r) + C7;
        p = (p * r) + C6;
        p = (p * r) + C5;
        p = (p * r) + C4;
        p = (p * r) + C3;
        p = (p * r) + C2;
        p = (p * r) + 1;
        p = (p * r) + 1;
        long bits = (BitConverter.DoubleToInt64Bits(shifted) + 1023) << 52;
        return p * BitConverter.Int64BitsToDouble(bits);
    }

    /// <summary>Eight at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> OfSquare(Vector512<double> u)
    {
        u = Vector512.ConditionalSelect(Vector512.LessThan(u, Vector512.Create(Largest)), u, Vector512.Create(Largest));
        Vector512<double> rounder = Vector512.Create(Rounder);
        Vector512<double> one = Vector512<double>.One;
        Vector512<double> exponent = u * PerHalf;
        Vector512<double> shifted = exponent + rounder;
        Vector512<double> r = (exponent - (shifted - rounder)) * LnTwo;
        Vector512<double> p = (r * C9) + Vector512.Create(C8);
        p = (p * r) + Vector512.Create(C7);
        p = (p * r) + Vector512.Create(C6);
        p = (p * r) + Vector512.Create(C5);
        p = (p * r) + Vector512.Create(C4);
        p = (p * r) + Vector512.Create(C3);
        p = (p * r) + Vector512.Create(C2);
        p = (p * r) + one;
        p = (p * r) + one;
        Vector512<long> bits = (shifted.AsInt64() + Vector512.Create(1023L)) << 52;
        return p * bits.AsDouble();
    }
}
