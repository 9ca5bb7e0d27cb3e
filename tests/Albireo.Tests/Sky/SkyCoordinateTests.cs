using Albireo.Science.Sky;
using Albireo.Tests.Support;

namespace Albireo.Tests.Sky;

public sealed class SkyCoordinateTests
{
    private const double TargetRa = (2 + (4 / 60.0) + (10.278 / 3600)) * 15;
    private const double TargetDec = 46 + (41 / 60.0) + (16.2 / 3600);

    [Theory]
    [InlineData("02:04:10.278", "+46:41:16.2", TargetRa, TargetDec)]
    [InlineData("02 04 10.278", "46 41 16.2", TargetRa, TargetDec)]
    [InlineData("2h4m10.278s", "46d41m16.2s", TargetRa, TargetDec)]
    [InlineData("31.042825", "46.687833", 31.042825, 46.687833)]
    [InlineData("12:30", "-00 30 00", 187.5, -0.5)]
    [InlineData("12:30:00", "-00:30", 187.5, -0.5)]
    [InlineData("00:00:00", "-0.25", 0, -0.25)]
    [InlineData("31d02m34s", "+00:00:01", 31 + (154 / 3600.0), 1 / 3600.0)]
    [InlineData("360", "90", 0, 90)]
    public void Sexagesimal_is_hours_and_plain_numbers_are_degrees(string ra, string dec, double raDegrees, double decDegrees)
    {
        Assert.True(SkyCoordinate.TryParse(ra, dec, out SkyCoordinate found, out string? why), why);
        Assert.Equal(raDegrees, found.RightAscensionDegrees, 1e-12);
        Assert.Equal(decDegrees, found.DeclinationDegrees, 1e-12);
    }

    [Theory]
    [InlineData("02:04:10.278,+46:41:16.2", TargetRa, TargetDec)]
    [InlineData("02:04:10.278 +46:41:16.2", TargetRa, TargetDec)]
    [InlineData(" 31.042825, -46.687833 ", 31.042825, -46.687833)]
    [InlineData("02 04 10.278-46 41 16.2", TargetRa, -TargetDec)]
    public void Both_may_stand_in_one_text(string text, double raDegrees, double decDegrees)
    {
        Assert.True(SkyCoordinate.TryParse(text, out SkyCoordinate found, out string? why), why);
        Assert.Equal(raDegrees, found.RightAscensionDegrees, 1e-12);
        Assert.Equal(decDegrees, found.DeclinationDegrees, 1e-12);
    }

    [Theory]
    [InlineData("24:00:00", "0")]
    [InlineData("25:00:00", "0")]
    [InlineData("02:60:00", "0")]
    [InlineData("02:00:60", "0")]
    [InlineData("-1", "0")]
    [InlineData("361", "0")]
    [InlineData("12:00:00", "90:00:01")]
    [InlineData("12:00:00", "-91")]
    [InlineData("12:00:00", "12h")]
    [InlineData("nan", "0")]
    [InlineData("", "")]
    [InlineData("M 31", "0")]
    public void Refuses_what_is_no_place_on_the_sky(string ra, string dec)
    {
        Assert.False(SkyCoordinate.TryParse(ra, dec, out SkyCoordinate found, out string? why));
        Assert.True(double.IsNaN(found.RightAscensionDegrees));
        Assert.False(string.IsNullOrWhiteSpace(why));
    }

    [Fact]
    public void Text_goes_round()
    {
        var random = new Science.Numerics.SeededRandom(5);
        for (int i = 0; i < 300; i++)
        {
            var place = new SkyCoordinate(random.Uniform(0, 360), random.Uniform(-90, 90));
            string text = $"{place.RightAscensionText(6)},{place.DeclinationText(5)}";
            Assert.True(SkyCoordinate.TryParse(text, out SkyCoordinate back, out string? why), $"{text}: {why} (seed 5, case {i})");
            Assert.True(place.SeparationDegrees(back) < 3e-9, $"{text} (seed 5, case {i})");
        }
        Assert.Equal("00:00:00.000", new SkyCoordinate(359.9999999, 0).RightAscensionText());
        Assert.Equal("-00:30:00.00", new SkyCoordinate(0, -0.5).DeclinationText());
    }

    [Fact]
    public void Separation_is_right_at_all_distances()
    {
        Assert.Equal(90, new SkyCoordinate(0, 0).SeparationDegrees(new SkyCoordinate(123, 90)), 1e-12);
        Assert.Equal(180, new SkyCoordinate(10, 20).SeparationDegrees(new SkyCoordinate(190, -20)), 1e-9);
        Assert.Equal(1e-9, new SkyCoordinate(10, 20).SeparationDegrees(new SkyCoordinate(10, 20.000000001)), 1e-14);
    }

    [Fact]
    public void Precession_agrees_with_astropy()
    {
        foreach (var row in Reference.Rows("precession.csv"))
        {
            var place = new SkyCoordinate(row["ra"], row["dec"]);
            SkyCoordinate icrs = row.Text("frame") == "FK5" ? Precession.FromEquinox(place, row["year"]) : Precession.FromB1950(place);
            double tolerance = row.Text("frame") == "FK5" ? 1e-9 : 2e-6;
            double distance = icrs.SeparationDegrees(new SkyCoordinate(row["icrs_ra"], row["icrs_dec"]));
            Assert.True(distance < tolerance, $"{row.Text("frame")} {row["year"]} {place}: {distance} degrees");
            if (row.Text("frame") == "FK5")
            {
                Assert.True(Precession.ToEquinox(icrs, row["year"]).SeparationDegrees(place) < 1e-9);
            }
        }
    }
}
