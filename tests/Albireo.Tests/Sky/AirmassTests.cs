using Albireo.Science.Sky;
using Albireo.Science.Time;
using Albireo.Tests.Support;

namespace Albireo.Tests.Sky;

public sealed class AirmassTests
{
    [Fact]
    public void Altitude_agrees_with_ERFA()
    {
        foreach (var row in Reference.Rows("airmass.csv"))
        {
            var utc = new JulianDate(row["utc_day"], row["utc_fraction"], TimeScale.Utc);
            var star = new SkyCoordinate(row["ra"], row["dec"]);
            var site = new Site(row["latitude"], row["longitude"], row["height"]);
            // Nutation, aberration and polar motion are left out: 17″ + 20″.
            Assert.Equal(row["altitude_true"], Airmass.TrueAltitude(utc, star, site), 0.012);
            Assert.Equal(row["altitude_apparent"], Airmass.ApparentAltitude(utc, star, site), row["altitude_true"] > 10 ? 0.015 : 0.03);
        }
    }

    [Fact]
    public void Published_values_of_Pickering_2002()
    {
        Assert.Equal(1, Airmass.OfApparentAltitude(90), 1e-6);
        Assert.Equal(2, Airmass.OfApparentAltitude(30), 0.01);
        Assert.Equal(38.75, Airmass.OfApparentAltitude(0), 0.05);
        Assert.True(double.IsNaN(Airmass.OfApparentAltitude(-0.1)));
        Assert.True(double.IsNaN(Airmass.OfApparentAltitude(double.NaN)));
    }

    [Fact]
    public void A_star_below_the_horizon_has_none()
    {
        var utc = new JulianDate(2458107.5, 0, TimeScale.Utc);
        Assert.True(double.IsNaN(Airmass.Of(utc, new SkyCoordinate(0, -80), new Site(50, 0, 0))));
        Assert.True(double.IsNaN(Airmass.Of(utc with { Fraction = double.NaN }, new SkyCoordinate(0, 80), new Site(50, 0, 0))));
        Assert.True(Airmass.Of(utc, new SkyCoordinate(0, 80), new Site(50, 0, 0)) is > 1 and < 2);
    }
}
