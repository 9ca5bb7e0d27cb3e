using Albireo.Science.Numerics;

namespace Albireo.Science.Transits;

/// <summary>When a planet should pass: T₀ + E · P.</summary>
/// <param name="MidTransitBjd">T₀, BJD_TDB.</param>
/// <param name="MidTransitError">One σ, days; 0 if unknown.</param>
/// <param name="PeriodDays">P.</param>
/// <param name="PeriodError">One σ, days; 0 if unknown.</param>
public sealed record Ephemeris(double MidTransitBjd, double MidTransitError, double PeriodDays, double PeriodError)
{
    /// <summary>P.</summary>
    public double PeriodDays { get; } = Require.Positive(PeriodDays);

    /// <summary>Compares an observed mid-transit.</summary>
    /// <param name="observedBjd">BJD_TDB.</param>
    /// <param name="observedError">One σ, days.</param>
    public ObservedMinusCalculated Compare(double observedBjd, double observedError)
    {
        double epoch = Math.Round((observedBjd - MidTransitBjd) / PeriodDays);
        double predicted = MidTransitBjd + (epoch * PeriodDays);
        double predictedError = Math.Sqrt((MidTransitError * MidTransitError) + (epoch * PeriodError * epoch * PeriodError));
        double difference = (observedBjd - MidTransitBjd) - (epoch * PeriodDays);
        return new ObservedMinusCalculated(
            epoch,
            predicted,
            predictedError,
            difference * 1440,
            Math.Sqrt((observedError * observedError) + (predictedError * predictedError)) * 1440,
            predictedError > 0.25 * PeriodDays
                ? "The ephemeris is too old or too uncertain to count the orbits since: the epoch may be wrong."
                : null
        );
    }

    /// <summary>Phase of a time, −0.5 … 0.5, 0 at mid-transit.</summary>
    public double Phase(double bjd)
    {
        double phase = (bjd - MidTransitBjd) / PeriodDays;
        return phase - Math.Round(phase);
    }
}
