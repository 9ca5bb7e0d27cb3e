using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Inventory;

namespace Albireo.Tests.Instruments;

/// <summary>headers.md, rows target (the pointing) and site.</summary>
public sealed class PlaceTests
{
    [Theory]
    [InlineData("OBSGEO-B= 32.7803", "OBSGEO-L= -105.8203", "OBSGEO-H= 2788.0")]
    [InlineData("SITELAT = '32 46 49.08'", "SITELONG= '-105 49 13.08'", "SITEELEV= 2788.0")]
    [InlineData("LAT-OBS = 32.7803", "LONG-OBS= 254.1797", "ALT-OBS = 2788.0")]
    [InlineData("LATITUDE= '+32:46:49.08'", "LONGITUD= '-105:49:13.08'", "ALTITUDE= 2788.0 / [metres] above sea level")]
    [InlineData("LATITUDE= '32d46m49.08s'", "LONGITUD= '-105d49m13.08s'", "HEIGHT = 2788.0")]
    public void Site(string latitude, string longitude, string height)
    {
        FrameInfo frame = Headers.Light(latitude, longitude, height);
        Assert.Equal(32.7803, frame.Site!.Value.LatitudeDegrees, 1e-9);
        Assert.Equal(-105.8203, frame.Site.Value.LongitudeDegrees, 1e-9);
        Assert.Equal((2788, 2788), (frame.Site.Value.HeightMetres, frame.SiteHeightMetres!.Value));
    }

    [Fact]
    public void Trap_altitude_is_where_the_telescope_points()
    {
        FrameInfo frame = Headers.Light("SITELAT = '32 46 49'", "SITELONG= '-105 49 13'", "ALTITUDE= 55.6376");
        Assert.Null(frame.SiteHeightMetres);
        Assert.Equal(0, frame.Site!.Value.HeightMetres);
        FrameInfo height = Headers.Light("SITELAT = '32 46 49'", "SITELONG= '-105 49 13'", "ALTITUDE= 55.6376", "ALT-OBS = 2788.0");
        Assert.Equal((2788, "ALT-OBS"), (height.SiteHeightMetres!.Value, height.SiteHeightMetres.From));
    }

    [Fact]
    public void Trap_longitudes_positive_to_the_west()
    {
        TelescopeProfile profile = TelescopeLibrary.Open().Find("microobservatory")!;
        Assert.Equal(-110.88, Headers.Light(profile, "LATITUDE= 31.68", "LONGITUD= 110.88").Site!.Value.LongitudeDegrees, 1e-12);
        Assert.Equal(-110.88, Headers.Light("LATITUDE= 31.68", "LONGITUD= 110.88 / degrees west").Site!.Value.LongitudeDegrees, 1e-12);
        FrameInfo zone = Headers.Light("LATITUDE= 31.68", "LONGITUD= 110.88", "DATE-OBS= '2017-12-19T18:33:43.317-0700'");
        Assert.Equal(-110.88, zone.Site!.Value.LongitudeDegrees, 1e-12);
        Assert.True(zone.Warns("read as degrees west"));
        FrameInfo east = Headers.Light("LATITUDE= 31.68", "LONGITUD= 110.88", "DATE-OBS= '2017-12-19T18:33:43.317+0800'");
        Assert.Equal(110.88, east.Site!.Value.LongitudeDegrees, 1e-12);
    }

    [Fact]
    public void A_latitude_that_cannot_be_is_missing_and_said()
    {
        FrameInfo frame = Headers.Light("SITELAT = '95 00 00'", "SITELONG= '-105 49 13'");
        Assert.Null(frame.Site);
        Assert.True(frame.Warns("SITELAT"));
        FrameInfo prism = Headers.Light("SITELAT = '-22:57:08:99'", "SITELONG= '-68:10:48'");
        Assert.Equal(-(22 + (57 / 60.0) + (8.99 / 3600)), prism.Site!.Value.LatitudeDegrees, 1e-9);
        Assert.True(prism.Warns("hundredths"));
    }

    [Theory]
    [InlineData("OBJCTRA = '02 04 10.278'", "OBJCTDEC= '+46 41 16.2'")]
    [InlineData("RA = '02:04:10.278'", "DEC = '+46:41:16.2'")]
    [InlineData("RA = 31.042825 / [deg]", "DEC = 46.687833333")]
    [InlineData("RA = 31.042825", "DEC = 46.687833333")]
    public void Pointing(string ra, string dec)
    {
        FrameInfo frame = Headers.Light(ra, dec);
        Assert.Equal(31.042825, frame.Pointing!.Value.RightAscensionDegrees, 1e-6);
        Assert.Equal(46.6878333, frame.Pointing.Value.DeclinationDegrees, 1e-6);
    }

    [Theory]
    [InlineData("-00 30 00", -0.5)]
    [InlineData("-00:00:36", -0.01)]
    [InlineData("+00 30 00", 0.5)]
    public void Trap_the_sign_of_a_zero(string dec, double degrees) =>
        Assert.Equal(degrees, Headers.Light("OBJCTRA = '02 04 10.3'", $"OBJCTDEC= '{dec}'").Pointing!.Value.DeclinationDegrees, 1e-12);

    [Fact]
    public void Trap_hours_or_degrees()
    {
        FrameInfo bare = Headers.Light("RA = 2.0695", "DEC = 46.688");
        Assert.Equal(2.0695, bare.Pointing!.Value.RightAscensionDegrees, 1e-12);
        Assert.True(bare.Warns("could be hours"));
        Assert.Equal(
            31.0425,
            Headers.Light("RA = 2.0695 / [h] right ascension", "DEC = 46.688").Pointing!.Value.RightAscensionDegrees,
            1e-9
        );
        TelescopeProfile hours = ProfileReader.Read("name: x\nright-ascension: hours", "x.yaml");
        Assert.Equal(31.0425, Headers.Light(hours, "RA = 2.0695", "DEC = 46.688").Pointing!.Value.RightAscensionDegrees, 1e-9);
        Assert.True(Headers.Light("OBJCTRA = '02 04 10.3'", "OBJCTDEC= '+95 00 00'") is { Pointing: null } bad && bad.Warns("OBJCTDEC"));
    }

    [Fact]
    public void Trap_equinox_of_date_is_precessed()
    {
        // astropy 5.2.1: SkyCoord('02h05m20s', '+46d46m15s', frame=FK5(equinox='J2017.97')).icrs, and frame='fk4' for B1950.
        FrameInfo now = Headers.Light("RA = '02:05:20'", "DEC = '+46:46:15'", "EQUINOX = 2017.97");
        Assert.Equal(31.04805103, now.Pointing!.Value.RightAscensionDegrees, 1e-6);
        Assert.Equal(46.68525676, now.Pointing.Value.DeclinationDegrees, 1e-6);
        FrameInfo old = Headers.Light("RA = '01:48:48.79'", "DEC = '+89:01:43.7'", "EQUINOX = 1950.0", "RADESYS = 'FK4'");
        Assert.Equal(37.911666, old.Pointing!.Value.RightAscensionDegrees, 1e-4);
        Assert.Equal(89.264281, old.Pointing.Value.DeclinationDegrees, 1e-5);
        Assert.Equal(
            31.333333,
            Headers.Light("RA = '02:05:20'", "DEC = '+46:46:15'", "EQUINOX = 2000.0").Pointing!.Value.RightAscensionDegrees,
            1e-5
        );
    }

    [Theory]
    [InlineData("42.38", "71.13", null)] // a telescope of the same network in Massachusetts
    [InlineData("31.68", "110.88", 2344.0)]
    public void Trap_the_height_of_a_profile_is_that_of_its_place(string latitude, string longitude, double? height)
    {
        TelescopeProfile profile = TelescopeLibrary.Open().Find("microobservatory")!;
        FrameInfo frame = Headers.Light(profile, $"LATITUDE= {latitude}", $"LONGITUD= {longitude}");
        Assert.Equal(height, frame.SiteHeightMetres?.Value);
        Assert.Equal(height is null, frame.Warns("another place than the profile microobservatory"));
    }
}
