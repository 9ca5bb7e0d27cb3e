namespace Albireo.Web.Curves;

/// <summary>A frame of the observation with what became of it.</summary>
/// <param name="Excluded">Left out of the curve by the user (curve.exclude-frames).</param>
public sealed record PageFrame(
    string Id,
    string Name,
    bool Measured,
    string? Reason,
    bool Used,
    bool Excluded,
    string Flags,
    double Time,
    double Flux,
    double FluxError,
    double Fwhm,
    double Sky,
    double Airmass
);
