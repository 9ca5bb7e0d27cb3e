namespace Albireo.Science.Photometry;

/// <summary>Fluxes as magnitudes.</summary>
public static class Magnitudes
{
    /// <summary><c>zero point − 2.5 log₁₀ F</c>; NaN for a flux that is not above 0.</summary>
    public static double Of(double flux, double zeroPoint = 0) => flux > 0 ? zeroPoint - (2.5 * Math.Log10(flux)) : double.NaN;

    /// <summary><c>2.5 / ln 10 · σ / F</c>; NaN for a flux that is not above 0.</summary>
    public static double ErrorOf(double flux, double fluxError) => flux > 0 ? 2.5 / Math.Log(10) * fluxError / flux : double.NaN;
}
