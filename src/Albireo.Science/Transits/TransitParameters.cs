namespace Albireo.Science.Transits;

/// <summary>One planet before its star (Winn 2010, arXiv:1001.2010).</summary>
public sealed record TransitParameters
{
    /// <summary>Orbital period, days.</summary>
    public required double PeriodDays { get; init; }

    /// <summary>Time of inferior conjunction, days on the scale of the model's times.</summary>
    public required double MidTransitDays { get; init; }

    /// <summary>Radius of the planet over that of the star, Rp/R*; 0 or more.</summary>
    public required double RadiusRatio { get; init; }

    /// <summary>Semi-major axis over the star's radius, a/R*.</summary>
    public required double ScaledSemiMajorAxis { get; init; }

    /// <summary>Inclination of the orbit, degrees; 90 is edge-on.</summary>
    public required double InclinationDegrees { get; init; }

    /// <summary>Eccentricity, 0 … below 1.</summary>
    public double Eccentricity { get; init; }

    /// <summary>Argument of periastron of the star's orbit, degrees; without meaning for a circular orbit.</summary>
    public double OmegaDegrees { get; init; } = 90;

    /// <summary>The star's limb darkening.</summary>
    public LimbDarkening LimbDarkening { get; init; }

    /// <summary>Impact parameter: distance of the centres at inferior conjunction, in radii of the star.</summary>
    public double ImpactParameter =>
        ScaledSemiMajorAxis
        * Math.Cos(InclinationDegrees * Math.PI / 180)
        * (1 - (Eccentricity * Eccentricity))
        / (1 + (Eccentricity * Math.Sin(OmegaDegrees * Math.PI / 180)));

    /// <summary>Light lost at inferior conjunction, relative to the light outside transit.</summary>
    public double Depth => 1 - new LimbDarkenedDisk(LimbDarkening).Flux(Math.Abs(ImpactParameter), RadiusRatio);

    /// <summary>First to fourth contact, days; 0 without a transit.</summary>
    public double DurationDays => ContactDuration(1 + RadiusRatio);

    /// <summary>Second to third contact, days; 0 for a grazing transit.</summary>
    public double FullDurationDays => ContactDuration(1 - RadiusRatio);

    /// <summary>Inclination in degrees that gives an impact parameter.</summary>
    public static double InclinationOf(
        double impactParameter,
        double scaledSemiMajorAxis,
        double eccentricity = 0,
        double omegaDegrees = 90
    ) =>
        Math.Acos(
            impactParameter
                / scaledSemiMajorAxis
                * (1 + (eccentricity * Math.Sin(omegaDegrees * Math.PI / 180)))
                / (1 - (eccentricity * eccentricity))
        )
        * 180
        / Math.PI;

    /// <summary>First to fourth contact in days from mid-transit, ascending; 0 where there is none.</summary>
    internal (double First, double Second, double Third, double Fourth) Contacts()
    {
        if (Eccentricity == 0)
        {
            return (-0.5 * DurationDays, -0.5 * FullDurationDays, 0.5 * FullDurationDays, 0.5 * DurationDays);
        }
        var orbit = new TransitOrbit(this);
        double b = Math.Abs(ImpactParameter);
        bool any = b < 1 + RadiusRatio;
        bool full = b < 1 - RadiusRatio;
        return (
            any ? -Contact(orbit, 1 + RadiusRatio, -1) : 0,
            full ? -Contact(orbit, 1 - RadiusRatio, -1) : 0,
            full ? Contact(orbit, 1 - RadiusRatio, 1) : 0,
            any ? Contact(orbit, 1 + RadiusRatio, 1) : 0
        );
    }

    /// <summary>How long the centres are closer than a distance: in closed form for a circle, else by halving.</summary>
    private double ContactDuration(double distance)
    {
        double b = Math.Abs(ImpactParameter);
        if (!(b < distance))
        {
            return 0;
        }
        if (Eccentricity == 0)
        {
            double sine = Math.Sqrt((distance * distance) - (b * b)) / (ScaledSemiMajorAxis * Math.Sin(InclinationDegrees * Math.PI / 180));
            return sine >= 1 ? double.NaN : PeriodDays / Math.PI * Math.Asin(sine);
        }
        var orbit = new TransitOrbit(this);
        return Contact(orbit, distance, 1) + Contact(orbit, distance, -1);
    }

    private double Contact(TransitOrbit orbit, double distance, int side)
    {
        double inside = 0;
        double outside = 0;
        do
        {
            inside = outside;
            outside += PeriodDays / 1024;
            if (outside > PeriodDays / 2)
            {
                return double.NaN;
            }
        } while (orbit.Distance(MidTransitDays + (side * outside)) < distance);
        for (int i = 0; i < 60; i++)
        {
            double middle = 0.5 * (inside + outside);
            (inside, outside) = orbit.Distance(MidTransitDays + (side * middle)) < distance ? (middle, outside) : (inside, middle);
        }
        return 0.5 * (inside + outside);
    }
}
