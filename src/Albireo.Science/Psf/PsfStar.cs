namespace Albireo.Science.Psf;

/// <summary>A star measured together with its neighbours.</summary>
/// <param name="X">Column of the centre; the given one where the fit failed.</param>
/// <param name="Y">Row of the centre; likewise.</param>
/// <param name="Flux">Counts above the background; NaN where the fit failed.</param>
/// <param name="XError">1σ of the column.</param>
/// <param name="YError">1σ of the row.</param>
/// <param name="FluxError">1σ of the flux.</param>
/// <param name="ReducedChiSquare">Of the pixels of its group.</param>
/// <param name="Group">Number of the group that it was fitted with.</param>
/// <param name="Converged">Whether the fit may be used.</param>
public readonly record struct PsfStar(
    double X,
    double Y,
    double Flux,
    double XError,
    double YError,
    double FluxError,
    double ReducedChiSquare,
    int Group,
    bool Converged
);
