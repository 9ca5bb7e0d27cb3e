using Albireo.Science.Sky;

namespace Albireo.Tests.Sky;

public sealed class SiteTests
{
    [Theory]
    [InlineData("31.68,-110.88,2344", 31.68, -110.88, 2344)]
    [InlineData(" -30 , -70.5 , 0 ", -30, -70.5, 0)]
    [InlineData("+31:40:48,-110:52:48,2344", 31.68, -110.88, 2344)]
    [InlineData("-00:30:00,-0.5,10", -0.5, -0.5, 10)]
    public void Reads_latitude_longitude_and_height(string text, double latitude, double longitude, double height)
    {
        Assert.True(Site.TryParse(text, out Site site, out string? why), why);
        Assert.Equal(latitude, site.LatitudeDegrees, 1e-12);
        Assert.Equal(longitude, site.LongitudeDegrees, 1e-12);
        Assert.Equal(height, site.HeightMetres);
    }

    [Theory]
    [InlineData("31.68,-110.88")]
    [InlineData("91,0,0")]
    [InlineData("0,-181,0")]
    [InlineData("0,361,0")]
    [InlineData("0,0,200000")]
    [InlineData("nan,0,0")]
    [InlineData("a,b,c")]
    [InlineData("")]
    public void Refuses_what_is_no_place_on_the_Earth(string text)
    {
        Assert.False(Site.TryParse(text, out Site site, out string? why));
        Assert.True(double.IsNaN(site.LatitudeDegrees));
        Assert.False(string.IsNullOrWhiteSpace(why));
    }

    [Fact]
    public void Geocentric_place_is_on_the_ellipsoid()
    {
        (double x, double y, double z) = new Site(0, 90, 100).Geocentric();
        Assert.Equal(0, x, 1e-8);
        Assert.Equal(6378237, y, 1e-8);
        Assert.Equal(0, z, 1e-8);
        Assert.Equal(6356752.314245, new Site(90, 0, 0).Geocentric().Z, 1e-5);
    }
}
