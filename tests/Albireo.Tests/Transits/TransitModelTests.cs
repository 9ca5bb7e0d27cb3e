using Albireo.Science.Transits;
using Albireo.Tests.Support;

namespace Albireo.Tests.Transits;

public sealed class TransitModelTests
{
    private static readonly TransitParameters Hatp32 = new()
    {
        PeriodDays = 2.1500082,
        MidTransitDays = 0.7125,
        RadiusRatio = 0.1508,
        ScaledSemiMajorAxis = 6.05,
        InclinationDegrees = 88.9,
        LimbDarkening = new LimbDarkening(0.35, 0.25),
    };

    [Fact]
    public void Distances_on_eccentric_orbits_agree_with_an_independent_solution()
    {
        foreach (var row in Reference.Rows("transit_orbit.csv"))
        {
            var planet = new TransitParameters
            {
                PeriodDays = row["period"],
                MidTransitDays = row["tc"],
                RadiusRatio = 0.1,
                ScaledSemiMajorAxis = row["axis"],
                InclinationDegrees = row["inclination"],
                Eccentricity = row["e"],
                OmegaDegrees = row["omega"],
            };
            double distance = new TransitOrbit(planet).Distance(row["time"]);
            if (row["distance"] < 0)
            {
                Assert.Equal(double.PositiveInfinity, distance);
            }
            else if (double.IsFinite(distance) || row["distance"] < 1.1)
            {
                Assert.Equal(row["distance"], distance, 1e-9 * row["axis"]);
            }
        }
    }

    [Fact]
    public void Contacts_lie_where_the_duration_says()
    {
        double half = Hatp32.DurationDays / 2;
        double full = Hatp32.FullDurationDays / 2;
        var orbit = new TransitOrbit(Hatp32);
        Assert.Equal(1 + Hatp32.RadiusRatio, orbit.Distance(Hatp32.MidTransitDays + half), 1e-9);
        Assert.Equal(1 - Hatp32.RadiusRatio, orbit.Distance(Hatp32.MidTransitDays - full), 1e-9);
        Assert.InRange(Hatp32.DurationDays, 0.12, 0.135);
        TransitParameters nearlyCircle = Hatp32 with { Eccentricity = 1e-9 };
        Assert.Equal(Hatp32.DurationDays, nearlyCircle.DurationDays, 1e-8);
        Assert.Equal(Hatp32.FullDurationDays, nearlyCircle.FullDurationDays, 1e-8);
        // Winn (2010) equation 16 is an approximation for an eccentric orbit, good where the planet's speed hardly changes in transit.
        TransitParameters eccentric = Hatp32 with
        {
            Eccentricity = 0.3,
            OmegaDegrees = 90,
            InclinationDegrees = 90,
        };
        double speed = Math.Sqrt(1 - 0.09) / 1.3;
        Assert.Equal((Hatp32 with { InclinationDegrees = 90 }).DurationDays * speed, eccentric.DurationDays, 1e-3);
        Assert.Equal(0, (Hatp32 with { InclinationDegrees = 70 }).DurationDays);
    }

    [Fact]
    public void A_circle_is_the_limit_of_an_ellipse()
    {
        double[] times = Times(400);
        var circle = new double[400];
        var ellipse = new double[400];
        TransitModel.Flux(Hatp32, times, circle);
        TransitModel.Flux(Hatp32 with { Eccentricity = 1e-12, OmegaDegrees = 33 }, times, ellipse);
        for (int i = 0; i < times.Length; i++)
        {
            Assert.Equal(circle[i], ellipse[i], 1e-10);
        }
        Assert.Equal(1, circle[0]);
        Assert.InRange(circle[200], 0.97, 0.98);
        Assert.Equal(1 - circle.Min(), Hatp32.Depth, 1e-4);
    }

    [Fact]
    public void Half_a_period_later_nothing_is_lost()
    {
        double[] times = [Hatp32.MidTransitDays + (Hatp32.PeriodDays / 2), Hatp32.MidTransitDays - (7 * Hatp32.PeriodDays), double.NaN];
        var flux = new double[3];
        TransitModel.Flux(Hatp32, times, flux);
        Assert.Equal(1, flux[0]);
        Assert.Equal(1 - Hatp32.Depth, flux[1], 1e-12);
        Assert.True(double.IsNaN(flux[2]));
    }

    [Theory]
    [InlineData(60, 0)]
    [InlineData(1800, 0)]
    [InlineData(7200, 0)]
    [InlineData(600, 0.2)]
    public void Long_exposures_are_averaged(double seconds, double eccentricity)
    {
        TransitParameters planet = Hatp32 with { Eccentricity = eccentricity, OmegaDegrees = 40 };
        double exposure = seconds / 86400;
        double[] times = Times(60);
        var flux = new double[60];
        TransitModel.Flux(planet, times, exposure, flux);
        const int fine = 4000;
        var inside = new double[fine];
        var values = new double[fine];
        for (int i = 0; i < times.Length; i++)
        {
            for (int j = 0; j < fine; j++)
            {
                inside[j] = times[i] + (exposure * (((j + 0.5) / fine) - 0.5));
            }
            TransitModel.Flux(planet, inside, values);
            Assert.Equal(values.Average(), flux[i], 1e-7);
        }
    }

    [Fact]
    public void Impossible_parameters_are_refused()
    {
        double[] times = [0.7];
        Assert.Throws<ArgumentOutOfRangeException>(() => TransitModel.Flux(Hatp32 with { PeriodDays = 0 }, times, new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TransitModel.Flux(Hatp32 with { Eccentricity = 1 }, times, new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TransitModel.Flux(Hatp32 with { RadiusRatio = -0.1 }, times, new double[1]));
        Assert.Throws<ArgumentException>(() => TransitModel.Flux(Hatp32, times, new double[2]));
    }

    [Fact]
    public void Impact_parameter_and_inclination_go_round()
    {
        TransitParameters planet = Hatp32 with { Eccentricity = 0.4, OmegaDegrees = 200 };
        Assert.Equal(88.9, TransitParameters.InclinationOf(planet.ImpactParameter, 6.05, 0.4, 200), 1e-9);
        Assert.Equal(planet.ImpactParameter, new TransitOrbit(planet).Distance(planet.MidTransitDays), 1e-12);
    }

    [Fact]
    public void Kippings_square_holds_the_physical_laws()
    {
        var random = new Science.Numerics.SeededRandom(3);
        for (int i = 0; i < 200; i++)
        {
            LimbDarkening law = LimbDarkening.FromKipping(random.Uniform(), random.Uniform());
            Assert.True(law.IsPhysical, $"{law} (seed 3)");
            (double q1, double q2) = law.ToKipping();
            LimbDarkening back = LimbDarkening.FromKipping(q1, q2);
            Assert.Equal(law.U1, back.U1, 1e-12);
            Assert.Equal(law.U2, back.U2, 1e-12);
        }
        Assert.False(new LimbDarkening(0.9, 0.5).IsPhysical);
        Assert.Equal(0.4, new LimbDarkening(0.6, 0).Intensity(0), 1e-15);
    }

    private static double[] Times(int count)
    {
        var times = new double[count];
        for (int i = 0; i < count; i++)
        {
            times[i] = Hatp32.MidTransitDays + (0.2 * ((i / (double)count) - 0.5));
        }
        return times;
    }
}
