namespace Albireo.Science.Psf;

/// <summary>A star fitted with a known profile.</summary>
/// <param name="X">Column of the centre.</param>
/// <param name="Y">Row of the centre.</param>
/// <param name="Flux">Counts above the sky.</param>
/// <param name="Sky">Level under the star.</param>
/// <param name="XError">1σ of the centre's column.</param>
/// <param name="YError">1σ of its row.</param>
/// <param name="FluxError">1σ of the flux.</param>
/// <param name="ReducedChiSquare">χ² per degree of freedom; with unknown noise the mean squared residual.</param>
/// <param name="Converged">Whether the fit may be used; otherwise position is the start's and the rest NaN.</param>
public readonly record struct PsfPositionFit(
    double X,
    double Y,
    double Flux,
    double Sky,
    double XError,
    double YError,
    double FluxError,
    double ReducedChiSquare,
    bool Converged
);
