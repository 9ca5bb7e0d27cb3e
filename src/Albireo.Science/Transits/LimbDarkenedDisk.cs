using System.Runtime.CompilerServices;

namespace Albireo.Science.Transits;

/// <summary>
/// The light of a limb-darkened disc of radius 1 behind an opaque one: Mandel &amp; Agol (2002, ApJ 580, L171) in the stable form of Agol,
/// Luger &amp; Foreman-Mackey (2020, AJ 159, 123), with the blocked light in front, not the visible one: with I = g + h z + c r² over the
/// disc (z = √(1 − r²)), what is blocked is g ∫dA + h ∫z dA + c ∫r² dA over the lens. The first and last are closed forms by Green's
/// theorem; the second needs complete elliptic integrals, taken as Bulirsch's (1969, Numer. Math. 13, 305) cel.
/// </summary>
internal readonly struct LimbDarkenedDisk
{
    private readonly double uniform;
    private readonly double linear;
    private readonly double square;

    /// <summary>Prepares a law: u₁, u₂ as weights of the three integrals, over the disc's whole light.</summary>
    public LimbDarkenedDisk(LimbDarkening law)
    {
        // 1 − u₁(1 − z) − u₂(1 − z)² = (1 − u₁ − 2u₂) + (u₁ + 2u₂) z + u₂ r²
        double whole = Math.PI * (1 - (law.U1 / 3) - (law.U2 / 6));
        uniform = (1 - law.U1 - (2 * law.U2)) / whole;
        linear = (law.U1 + (2 * law.U2)) / whole;
        square = law.U2 / whole;
    }

    /// <summary>Visible part of the light.</summary>
    /// <param name="b">Distance of the centres, 0 or more; in radii of the star.</param>
    /// <param name="k">Radius of the opaque disc, 0 or more.</param>
    /// <returns>0 … 1; NaN if an argument is.</returns>
    public double Flux(double b, double k)
    {
        if (b >= 1 + k)
        {
            return 1;
        }
        if (b <= k - 1)
        {
            return 0;
        }
        // At b = k the elliptic form is 0/0 and at b = 1 − k its modulus is 1: the light is continuous, so a step of 1e-13 is harmless.
        if (b == k)
        {
            b += 1e-13;
        }
        if (b + k == 1)
        {
            b += 1e-13;
        }
        return b + k < 1 ? Inside(b, k) : Crossing(b, k);
    }

    /// <summary>The opaque disc lies wholly in front of the star.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Inside(double b, double k)
    {
        double k2 = k * k;
        double b2 = b * b;
        double near = b - k;
        double far = b + k;
        double depthNear = (1 - near) * (1 + near);
        double depthFar = (1 - far) * (1 + far);
        double ratio = near / far;
        double kc2 = depthFar / depthNear;
        double mu = 3 * ratio / depthNear;
        double p = ratio * ratio * kc2;
        (double third, double second) = Cel(Math.Sqrt(kc2), p, 1 + mu, p + mu, 1, kc2);
        double lambda = 2 * Math.Sqrt(depthNear) * ((depthFar * third) - ((4 - (7 * k2) - b2) * second)) / 3;
        double dome = ((k > b ? 2 * Math.PI : 0) + lambda) / 3;
        double area = Math.PI * k2;
        return 1 - ((uniform + (square * (b2 + (0.5 * k2)))) * area) - (linear * dome);
    }

    /// <summary>The edges cross.</summary>
    private double Crossing(double b, double k)
    {
        double k2 = k * k;
        double b2 = b * b;
        double near = b - k;
        double far = b + k;
        double depthNear = (1 - near) * (1 + near);
        double overFar = (far - 1) * (far + 1);
        double bk = b * k;
        double kc2 = overFar / (4 * bk);
        (double third, double second) = Cel(
            Math.Sqrt(kc2),
            near * near * kc2,
            0,
            3 * kc2 * near * far,
            (6 * k2) - (2 * bk) - 3,
            -4 * bk * kc2
        );
        double lambda = depthNear * (third + second) / (3 * Math.Sqrt(bk));
        double dome = ((k > b ? 2 * Math.PI : 0) + lambda) / 3;

        // Twice the area of the triangle with sides 1, b, k (Kahan's ordering, written out), and the half angles of the two arcs.
        double kite = 0.5 * Math.Sqrt(Math.Max(0, depthNear * overFar));
        double atStar = Math.Atan2(2 * kite, (1 - k) * (1 + k) + b2);
        double atPlanet = Math.Atan2(2 * kite, ((k - 1) * (k + 1)) + b2);
        double area = atStar + (k2 * atPlanet) - kite;
        double moment = 0.5 * (atStar + (atPlanet * k2 * (k2 + (2 * b2))) - (0.5 * kite * (1 + (5 * k2) + b2)));
        return 1 - (uniform * area) - (square * moment) - (linear * dome);
    }

    /// <summary>
    /// Two of Bulirsch's complete integrals ∫ (a cos² + b sin²) / (cos² + p sin²) / √(cos² + k_c² sin²) dφ over 0 … π/2 at once: one with
    /// <paramref name="p"/>, one with p = 1.
    /// </summary>
    /// <param name="kc">Complementary modulus, above 0.</param>
    /// <param name="p">Above 0.</param>
    /// <param name="a1">Of the first integral.</param>
    /// <param name="b1">Of the first integral.</param>
    /// <param name="a2">Of the integral with p = 1.</param>
    /// <param name="b2">Of the integral with p = 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (double WithP, double WithOne) Cel(double kc, double p, double a1, double b1, double a2, double b2)
    {
        double e = kc;
        double m = 1;
        p = Math.Sqrt(p);
        b1 /= p;
        double f1 = a1;
        double f2 = a2;
        a1 += b1 / p;
        double g = e / p;
        b1 = 2 * (b1 + (f1 * g));
        p += g;
        a2 += b2;
        b2 = 2 * (b2 + (f2 * kc));
        g = m;
        m += kc;
        while (Math.Abs(g - kc) > 1e-8 * g)
        {
            kc = 2 * Math.Sqrt(e);
            e = kc * m;
            double inverseP = 1 / p;
            double inverseM = 1 / m;
            f1 = a1;
            f2 = a2;
            a1 += b1 * inverseP;
            g = e * inverseP;
            b1 = 2 * (b1 + (f1 * g));
            p += g;
            a2 += b2 * inverseM;
            b2 = 2 * (b2 + (f2 * kc));
            g = m;
            m += kc;
        }
        return (Math.PI / 2 * ((a1 * m) + b1) / (m * (m + p)), Math.PI / 2 * ((a2 * m) + b2) / (2 * m * m));
    }
}
