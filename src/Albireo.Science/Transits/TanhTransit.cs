using Albireo.Science.Numerics;

namespace Albireo.Science.Transits;

/// <summary>
/// A periodic dip without limb darkening (Protopapas, Jimenez &amp; Alcock 2005, MNRAS 362, 460): 1 − ½ depth [tanh c(θ + ½) − tanh c(θ − ½)],
/// θ = P sin(π(t − t₀)/P) / (π · duration). For a first look, and because prose uses it; <see cref="TransitModel"/> is the real thing.
/// </summary>
public static class TanhTransit
{
    /// <summary>Relative flux at instants.</summary>
    /// <param name="timesDays">Any order.</param>
    /// <param name="midTransitDays">t₀.</param>
    /// <param name="durationDays">Between the middles of ingress and egress; short against the period.</param>
    /// <param name="depth">Light lost at mid-transit, nearly.</param>
    /// <param name="periodDays">P; far longer than the data for a single dip.</param>
    /// <param name="steepness">c; large for a sharp box.</param>
    /// <param name="flux">One a time.</param>
    public static void Flux(
        ReadOnlySpan<double> timesDays,
        double midTransitDays,
        double durationDays,
        double depth,
        double periodDays,
        double steepness,
        Span<double> flux
    )
    {
        Require.SameLength(timesDays.Length, flux.Length);
        Require.Positive(durationDays);
        Require.Positive(periodDays);
        for (int i = 0; i < flux.Length; i++)
        {
            double theta = periodDays * Math.Sin(Math.PI * (timesDays[i] - midTransitDays) / periodDays) / (Math.PI * durationDays);
            flux[i] = 1 - (0.5 * depth * (Math.Tanh(steepness * (theta + 0.5)) - Math.Tanh(steepness * (theta - 0.5))));
        }
    }
}
