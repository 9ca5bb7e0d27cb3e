namespace Albireo.Science.Psf;

/// <summary>A profile fitted to a star.</summary>
/// <param name="X">Column of the centre.</param>
/// <param name="Y">Row of the centre.</param>
/// <param name="Amplitude">Height of the peak above the sky.</param>
/// <param name="Flux">Volume under the profile.</param>
/// <param name="Sky">Level under the star.</param>
/// <param name="FwhmMajor">Along the long axis, pixels.</param>
/// <param name="FwhmMinor">Along the short axis.</param>
/// <param name="AngleDegrees">From +x towards +y to the long axis, in (−90, 90].</param>
/// <param name="Beta">Exponent of a Moffat profile; NaN for a Gaussian.</param>
/// <param name="XError">1σ of the centre's column.</param>
/// <param name="YError">1σ of its row.</param>
/// <param name="ReducedChiSquare">χ² per degree of freedom; with unknown noise the mean squared residual.</param>
/// <param name="Converged">Whether the fit may be used; otherwise the numbers above mean nothing.</param>
public readonly record struct PsfShapeFit(
    double X,
    double Y,
    double Amplitude,
    double Flux,
    double Sky,
    double FwhmMajor,
    double FwhmMinor,
    double AngleDegrees,
    double Beta,
    double XError,
    double YError,
    double ReducedChiSquare,
    bool Converged
)
{
    /// <summary>√(major · minor), pixels.</summary>
    public double Fwhm => Math.Sqrt(FwhmMajor * FwhmMinor);

    /// <summary>The fitted profile as a model of flux 1.</summary>
    public PsfModel Model() =>
        double.IsNaN(Beta) ? new GaussianPsf(FwhmMajor, FwhmMinor, AngleDegrees) : new MoffatPsf(FwhmMajor, FwhmMinor, AngleDegrees, Beta);
}
