using Albireo.Science.Numerics;

namespace Albireo.Science.Photometry;

/// <summary>Relative brightness noise that the atmosphere makes, the same for every star in a small field only in its size, not its sign.</summary>
public static class Scintillation
{
    /// <summary>Scale height of the turbulence that scintillates, metres.</summary>
    private const double ScaleHeightMetres = 8000;

    /// <summary>
    /// Young's approximation (1967, AJ 72, 747; constants as in Dravins et al. 1998, PASP 110, 610):
    /// <c>σ = 0.09 D^(−2/3) X^p e^(−h/8000 m) / √(2t)</c>, D in centimetres.
    /// </summary>
    /// <param name="diameterMetres">Telescope's diameter.</param>
    /// <param name="airmass">X, 1 or more.</param>
    /// <param name="exposureSeconds">t.</param>
    /// <param name="heightMetres">Site's height above the sea.</param>
    /// <param name="airmassExponent">p: 1.75 for a mean wind; 1.5 with the wind across the line of sight, 2 along it.</param>
    public static double Young(
        double diameterMetres,
        double airmass,
        double exposureSeconds,
        double heightMetres,
        double airmassExponent = 1.75
    )
    {
        Check(diameterMetres, airmass, exposureSeconds);
        return 0.09
            * Math.Pow(100 * diameterMetres, -2.0 / 3)
            * Math.Pow(airmass, airmassExponent)
            * Math.Exp(-heightMetres / ScaleHeightMetres)
            / Math.Sqrt(2 * exposureSeconds);
    }

    /// <summary>
    /// Young's approximation with the strength measured by Osborn et al. (2015, MNRAS 452, 1707):
    /// <c>σ² = 10⁻⁵ C² D^(−4/3) t⁻¹ X³ e^(−2h/8000 m)</c>, D in metres. About one and a half times Young's own.
    /// </summary>
    /// <param name="diameterMetres">Telescope's diameter.</param>
    /// <param name="airmass">X, 1 or more.</param>
    /// <param name="exposureSeconds">t.</param>
    /// <param name="heightMetres">Site's height above the sea.</param>
    /// <param name="strength">C in m^(2/3) s^(1/2): 1.5 typically, 1.30 (Mauna Kea) to 1.67 (San Pedro Mártir) in their table.</param>
    public static double Osborn(double diameterMetres, double airmass, double exposureSeconds, double heightMetres, double strength = 1.5)
    {
        Check(diameterMetres, airmass, exposureSeconds);
        Require.Positive(strength);
        double variance =
            1e-5
            * strength
            * strength
            * Math.Pow(diameterMetres, -4.0 / 3)
            / exposureSeconds
            * Math.Pow(airmass, 3)
            * Math.Exp(-2 * heightMetres / ScaleHeightMetres);
        return Math.Sqrt(variance);
    }

    private static void Check(double diameterMetres, double airmass, double exposureSeconds)
    {
        Require.Positive(diameterMetres);
        Require.Between(airmass, 1, 100);
        Require.Positive(exposureSeconds);
    }
}
