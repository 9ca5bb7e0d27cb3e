namespace Albireo.Science.Transits;

/// <summary>Quadratic limb darkening, I(μ) / I(1) = 1 − u₁(1 − μ) − u₂(1 − μ)² (Kopal 1950); u₂ = 0 is the linear law.</summary>
/// <param name="U1">Linear coefficient; 0.6 with u₂ = 0 is the gray law 0.4 + 0.6 μ.</param>
/// <param name="U2">Quadratic coefficient.</param>
public readonly record struct LimbDarkening(double U1, double U2)
{
    /// <summary>Whether the star is bright everywhere and not brighter towards the limb (Kipping 2013, MNRAS 435, 2152).</summary>
    public bool IsPhysical => U1 + U2 <= 1 && U1 >= 0 && U1 + (2 * U2) >= 0;

    /// <summary>From Kipping's q₁, q₂: the square [0, 1]² holds the physical laws, each equally likely.</summary>
    public static LimbDarkening FromKipping(double q1, double q2)
    {
        double root = Math.Sqrt(q1);
        return new LimbDarkening(2 * root * q2, root * (1 - (2 * q2)));
    }

    /// <summary>Kipping's q₁ = (u₁ + u₂)² and q₂ = u₁ / 2(u₁ + u₂).</summary>
    /// <returns>q₂ is NaN without limb darkening.</returns>
    public (double Q1, double Q2) ToKipping()
    {
        double sum = U1 + U2;
        return (sum * sum, 0.5 * U1 / sum);
    }

    /// <summary>Brightness at μ = cos of the angle from the disc's centre, relative to the centre.</summary>
    public double Intensity(double mu) => 1 - ((1 - mu) * (U1 + (U2 * (1 - mu))));
}
