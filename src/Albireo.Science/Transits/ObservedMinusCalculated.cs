namespace Albireo.Science.Transits;

/// <summary>A mid-transit against its ephemeris.</summary>
/// <param name="Epoch">Orbits since T₀.</param>
/// <param name="PredictedBjd">BJD_TDB.</param>
/// <param name="PredictedError">One σ, days.</param>
/// <param name="Minutes">Observed minus calculated.</param>
/// <param name="ErrorMinutes">One σ of both together.</param>
/// <param name="Doubt">Why the epoch may be wrong, or null.</param>
public sealed record ObservedMinusCalculated(
    double Epoch,
    double PredictedBjd,
    double PredictedError,
    double Minutes,
    double ErrorMinutes,
    string? Doubt
);
