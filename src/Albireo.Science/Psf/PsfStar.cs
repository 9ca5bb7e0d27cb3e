using Albireo.Science.Images;

namespace Albireo.Science.Psf;

/// <summary>A star measured together with its neighbours.</summary>
/// <param name="X">Column of the centre; the given one where it was not fitted.</param>
/// <param name="Y">Row of the centre; likewise.</param>
/// <param name="Flux">Counts above the background; NaN where nothing could be fitted.</param>
/// <param name="XError">1σ of the column.</param>
/// <param name="YError">1σ of the row.</param>
/// <param name="FluxError">1σ of the flux.</param>
/// <param name="ReducedChiSquare">Of the pixels within the fit's radius, with everybody's profile taken off.</param>
/// <param name="Group">Number of the group that it was fitted with; −1 for none.</param>
/// <param name="Outcome">What became of it.</param>
public readonly record struct PsfStar(
    double X,
    double Y,
    double Flux,
    double XError,
    double YError,
    double FluxError,
    double ReducedChiSquare,
    int Group,
    PsfOutcome Outcome
)
{
    /// <summary>Whether there is a flux.</summary>
    public bool HasFlux => Outcome is PsfOutcome.Fitted or PsfOutcome.Held;

    internal static PsfStar None(PixelPosition at, PsfOutcome outcome) =>
        new(at.X, at.Y, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, -1, outcome);
}
