using System.Globalization;
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
        double error = Math.Sqrt((observedError * observedError) + (predictedError * predictedError));
        double rounding = PeriodError > 0 ? 0 : Math.Abs(epoch) * HalfOfLastDigit(PeriodDays);
        return new ObservedMinusCalculated(
            epoch,
            predicted,
            predictedError,
            difference * 1440,
            error * 1440,
            Math.Max(predictedError, rounding) > 0.25 * PeriodDays
                    ? "The ephemeris is too old or too uncertain to count the orbits since: the epoch may be wrong."
                : rounding > error
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"The period is given without an error: over {Math.Abs(epoch):F0} orbits half a unit of its last digit is {1440 * rounding:F1} min."
                    )
                : null
        );
    }

    /// <summary>What rounding may have taken from a number as it is written.</summary>
    private static double HalfOfLastDigit(double value)
    {
        string text = ((decimal)value).ToString(CultureInfo.InvariantCulture);
        int point = text.IndexOf('.', StringComparison.Ordinal);
        return 0.5 * Math.Pow(10, point < 0 ? 0 : point + 1 - text.Length);
    }

    /// <summary>Phase of a time, −0.5 … 0.5, 0 at mid-transit.</summary>
    public double Phase(double bjd)
    {
        double phase = (bjd - MidTransitBjd) / PeriodDays;
        return phase - Math.Round(phase);
    }
}
