namespace Albireo.Science.Photometry;

/// <summary>The terms of the CCD equation for one flux, each one a variance in electrons².</summary>
/// <param name="Source">Photons of the star.</param>
/// <param name="Sky">Photons of the sky inside the aperture.</param>
/// <param name="Dark">Dark current inside the aperture.</param>
/// <param name="ReadNoise">Read noise, and the rounding of the converter, inside the aperture.</param>
/// <param name="SkyEstimate">Error of the sky level, times the aperture's area.</param>
/// <param name="Flat">Error of the flat field.</param>
/// <param name="Scintillation">Turbulence above the telescope.</param>
public readonly record struct NoiseTerms(
    double Source,
    double Sky,
    double Dark,
    double ReadNoise,
    double SkyEstimate,
    double Flat,
    double Scintillation
)
{
    /// <summary>Sum of all variances, electrons².</summary>
    public double Variance => Source + Sky + Dark + ReadNoise + SkyEstimate + Flat + Scintillation;

    /// <summary>Standard deviation of the flux, electrons.</summary>
    public double Sigma => Math.Sqrt(Variance);
}
