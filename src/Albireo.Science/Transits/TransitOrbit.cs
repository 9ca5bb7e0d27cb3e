using System.Runtime.CompilerServices;

namespace Albireo.Science.Transits;

/// <summary>Distance of planet and star on the sky against time: a Kepler orbit seen from far away.</summary>
internal readonly struct TransitOrbit
{
    private readonly double frequency;
    private readonly double midTransit;
    private readonly double axisSquared;
    private readonly double cosInclinationSquared;
    private readonly double eccentricity;
    private readonly double omega;
    private readonly double meanAnomalyAtTransit;
    private readonly double reach;

    /// <summary>Prepares an orbit.</summary>
    public TransitOrbit(TransitParameters planet)
    {
        frequency = 1 / planet.PeriodDays;
        midTransit = planet.MidTransitDays;
        double axis = planet.ScaledSemiMajorAxis;
        axisSquared = axis * axis;
        double cosine = Math.Cos(planet.InclinationDegrees * Math.PI / 180);
        cosInclinationSquared = cosine * cosine;
        eccentricity = planet.Eccentricity;
        omega = planet.OmegaDegrees * Math.PI / 180;
        meanAnomalyAtTransit = 0;
        reach = 0.25;
        if (eccentricity == 0)
        {
            // |sin θ| of the last contact; the distance is at least a |sin θ|.
            double edge = (1 + planet.RadiusRatio) / axis;
            reach = edge < 1 ? Math.Min(0.25, Math.Asin(edge) / (2 * Math.PI) * (1 + 1e-12)) : 0.25;
        }
        else
        {
            // At inferior conjunction the true anomaly is π/2 − ω.
            double half = 0.5 * ((Math.PI / 2) - omega);
            double eccentric = 2 * Math.Atan2(Math.Sqrt(1 - eccentricity) * Math.Sin(half), Math.Sqrt(1 + eccentricity) * Math.Cos(half));
            meanAnomalyAtTransit = eccentric - (eccentricity * Math.Sin(eccentric));
        }
    }

    /// <summary>Distance of the centres in radii of the star; +∞ where the planet is behind it or surely far off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Distance(double time)
    {
        double phase = (time - midTransit) * frequency;
        phase -= Math.Round(phase);
        if (eccentricity != 0)
        {
            return EccentricDistance(phase);
        }
        if (!(Math.Abs(phase) <= reach))
        {
            return double.IsNaN(phase) ? double.NaN : double.PositiveInfinity;
        }
        double sine = Math.Sin(2 * Math.PI * phase);
        double square = sine * sine;
        return Math.Sqrt(axisSquared * (square + ((1 - square) * cosInclinationSquared)));
    }

    private double EccentricDistance(double phase)
    {
        double mean = (2 * Math.PI * phase) + meanAnomalyAtTransit;
        mean -= 2 * Math.PI * Math.Round(mean / (2 * Math.PI));
        double eccentric = SolveKepler(mean, eccentricity);
        (double sinE, double cosE) = Math.SinCos(eccentric);
        double radius = 1 - (eccentricity * cosE);
        double cosF = (cosE - eccentricity) / radius;
        double sinF = Math.Sqrt(1 - (eccentricity * eccentricity)) * sinE / radius;
        (double sinOmega, double cosOmega) = Math.SinCos(omega);
        double towards = (sinOmega * cosF) + (cosOmega * sinF);
        if (towards <= 0)
        {
            return double.PositiveInfinity;
        }
        double sideways = (cosOmega * cosF) - (sinOmega * sinF);
        return radius * Math.Sqrt(axisSquared * ((sideways * sideways) + (towards * towards * cosInclinationSquared)));
    }

    /// <summary>Eccentric anomaly: Danby's (1987) start and steps of fourth order.</summary>
    /// <param name="mean">Mean anomaly, −π … π.</param>
    /// <param name="eccentricity">0 … below 1.</param>
    internal static double SolveKepler(double mean, double eccentricity)
    {
        double e = mean + (0.85 * eccentricity * Math.Sign(mean));
        for (int i = 0; i < 20; i++)
        {
            (double sin, double cos) = Math.SinCos(e);
            double f = e - (eccentricity * sin) - mean;
            double f1 = 1 - (eccentricity * cos);
            double f2 = eccentricity * sin;
            double f3 = eccentricity * cos;
            double d1 = -f / f1;
            double d2 = -f / (f1 + (0.5 * d1 * f2));
            double d3 = -f / (f1 + (0.5 * d2 * f2) + (d2 * d2 * f3 / 6));
            e += d3;
            if (Math.Abs(d3) < 1e-14)
            {
                break;
            }
        }
        return e;
    }
}
