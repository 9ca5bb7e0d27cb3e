using Albireo.Science.Numerics;

namespace Albireo.Science.Transits;

/// <summary>The light of a star while a planet passes: 1 outside transit.</summary>
public static class TransitModel
{
    private const double TwoNodes = 0.5773502691896258;

    private static ReadOnlySpan<double> Nodes => [-0.9061798459386640, -0.5384693101056831, 0, 0.5384693101056831, 0.9061798459386640];

    private static ReadOnlySpan<double> Weights =>
        [0.11846344252809454, 0.23931433524968324, 0.28444444444444444, 0.23931433524968324, 0.11846344252809454];

    /// <summary>Relative flux at instants.</summary>
    /// <param name="planet">Star and planet.</param>
    /// <param name="timesDays">Any order, on the scale of <see cref="TransitParameters.MidTransitDays"/>. Times counted from a day near the
    /// data keep more digits than full Julian dates (40 µs).</param>
    /// <param name="flux">One a time; NaN where the time or a parameter is.</param>
    public static void Flux(TransitParameters planet, ReadOnlySpan<double> timesDays, Span<double> flux)
    {
        Require.SameLength(timesDays.Length, flux.Length);
        Check(planet);
        var orbit = new TransitOrbit(planet);
        var disk = new LimbDarkenedDisk(planet.LimbDarkening);
        double k = planet.RadiusRatio;
        for (int i = 0; i < flux.Length; i++)
        {
            flux[i] = disk.Flux(orbit.Distance(timesDays[i]), k);
        }
    }

    /// <summary>
    /// Relative flux averaged over exposures (Kipping 2010, MNRAS 408, 1758): five-point Gauss–Legendre sums over pieces that end at the
    /// contacts, where the light has a kink; two points where a piece is short and far from them.
    /// </summary>
    /// <param name="planet">Star and planet.</param>
    /// <param name="timesDays">Mid-exposures.</param>
    /// <param name="exposureDays">Length of an exposure; 0 for instants.</param>
    /// <param name="flux">One a time.</param>
    public static void Flux(TransitParameters planet, ReadOnlySpan<double> timesDays, double exposureDays, Span<double> flux)
    {
        if (Require.NotNegative(exposureDays) == 0)
        {
            Flux(planet, timesDays, flux);
            return;
        }
        Require.SameLength(timesDays.Length, flux.Length);
        Check(planet);
        var orbit = new TransitOrbit(planet);
        var disk = new LimbDarkenedDisk(planet.LimbDarkening);
        double k = planet.RadiusRatio;
        (double first, double second, double third, double fourth) = planet.Contacts();
        ReadOnlySpan<double> contacts = [first, second, third, fourth];
        double ingress = Math.Max(second - first, 1e-6 * planet.PeriodDays);
        for (int i = 0; i < flux.Length; i++)
        {
            double phase = timesDays[i] - planet.MidTransitDays;
            phase -= planet.PeriodDays * Math.Round(phase / planet.PeriodDays);
            double start = phase - (0.5 * exposureDays);
            double end = phase + (0.5 * exposureDays);
            double sum = 0;
            double from = start;
            foreach (double contact in contacts)
            {
                if (contact > from && contact < end)
                {
                    sum += Integral(orbit, disk, k, planet.MidTransitDays, from, contact, ingress, whole: false);
                    from = contact;
                }
            }
            // Just beside a contact the light goes as the 3/2 power: there two points are not enough.
            double margin = exposureDays;
            bool smooth = true;
            foreach (double contact in contacts)
            {
                smooth &= Math.Abs(contact - phase) > 0.5 * exposureDays + margin;
            }
            sum += Integral(orbit, disk, k, planet.MidTransitDays, from, end, ingress, smooth);
            flux[i] = sum / exposureDays;
        }
    }

    private static double Integral(
        in TransitOrbit orbit,
        in LimbDarkenedDisk disk,
        double k,
        double midTransit,
        double from,
        double to,
        double ingress,
        bool whole
    )
    {
        int pieces = Math.Max(1, (int)Math.Min(64, Math.Ceiling(2 * (to - from) / ingress)));
        double width = (to - from) / pieces;
        double sum = 0;
        if (whole && width < 0.1 * ingress)
        {
            double centre = midTransit + (0.5 * (from + to));
            double reach = 0.5 * width * TwoNodes;
            return 0.5 * width * (disk.Flux(orbit.Distance(centre - reach), k) + disk.Flux(orbit.Distance(centre + reach), k));
        }
        for (int piece = 0; piece < pieces; piece++)
        {
            double middle = midTransit + from + ((piece + 0.5) * width);
            for (int node = 0; node < Nodes.Length; node++)
            {
                sum += Weights[node] * disk.Flux(orbit.Distance(middle + (0.5 * width * Nodes[node])), k);
            }
        }
        return sum * width;
    }

    private static void Check(TransitParameters planet)
    {
        Require.Positive(planet.PeriodDays);
        Require.NotNegative(planet.RadiusRatio);
        Require.Positive(planet.ScaledSemiMajorAxis);
        if (!(planet.Eccentricity is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(planet), planet.Eccentricity, "Eccentricity must lie in [0, 1).");
        }
    }
}
