using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Inventory;

namespace Albireo.Tests.Instruments;

/// <summary>Two keywords of one concept that disagree: the more trusted one is used, and a warning names both.</summary>
public sealed class DisagreementTests
{
    [Theory]
    [InlineData("FILTERS = 'R'", "FILTER = 'V'", "FILTERS = 'R' is not FILTER = 'V'")]
    [InlineData("EGAIN = 1.5", "GAIN = 2.5 / [e-/ADU]", "GAIN = 2.5 is not EGAIN = 1.5")]
    [InlineData("RDNOISE = 5.0", "READNOIS= 9.0", "READNOIS = 9.0 is not RDNOISE = 5.0")]
    [InlineData("XBINNING= 2", "CCDXBIN = 1", "CCDXBIN = 1 is not XBINNING = 2")]
    [InlineData("PIXSCALE= 1.25", "XPIXSZ = 9.0|FOCALLEN= 1000.0", "XPIXSZ/FOCALLEN means 1.8564\" a pixel, PIXSCALE 1.25\"")]
    [InlineData("XORGSUBF= 10|YORGSUBF= 20", "LTV1 = -30.0|LTV2 = -40.0", "LTV1,LTV2 = -30.0 -40.0 is another place on the chip")]
    [InlineData("SITELAT = 31.7|SITELONG= -110.9", "LATITUDE= -31.7|LONGITUD= 20.0", "name another place than SITELAT,SITELONG")]
    [InlineData("OBJCTRA = '02 04 10'|OBJCTDEC= '+46 00 00'", "RA = 200.0|DEC = 10.0", "RA,DEC lie 123° from OBJCTRA,OBJCTDEC")]
    [InlineData(
        "DATE-OBS= '2025-03-14T00:00:00'",
        "TIME-OBS= '21:05:32.5'",
        "TIME-OBS = '21:05:32.5' is another time of day than DATE-OBS"
    )]
    [InlineData("DATE-OBS= '2025-03-14T21:05:32.5'", "UTSTART = '22:05:32.5'", "UTSTART = '22:05:32.5' is another time of day")]
    public void Is_said(string used, string other, string sentence)
    {
        string[] cards = [.. used.Split('|'), .. other.Split('|')];
        FrameInfo frame = Headers.Light([.. cards.Where(_ => !used.StartsWith("FILTER", StringComparison.Ordinal))]);
        if (used.StartsWith("FILTER", StringComparison.Ordinal))
        {
            frame = Headers.Read("/n/x.fits", ["IMAGETYP= 'LIGHT'", "EXPTIME = 60.0", .. cards]);
        }
        Assert.True(frame.Warns(sentence), string.Join(" | ", frame.Warnings));
    }

    [Theory]
    [InlineData("EGAIN = 1.5", "GAIN = 120")]
    [InlineData("EGAIN = 1.5", "GAIN = 1.51 / [e-/ADU]")]
    [InlineData("PIXSCALE= 1.25", "XPIXSZ = 6.1|FOCALLEN= 1000.0")]
    [InlineData("OBJCTRA = '02 04 10'|OBJCTDEC= '+46 00 00'", "RA = 31.4|DEC = 46.2")]
    [InlineData("DATE-OBS= '2025-03-14T21:05:32.5'", "UT = '21:06:33'")]
    [InlineData("DATE-OBS= '2025-03-14T23:59:59.5'", "UT = '00:00:03'")]
    [InlineData("DATE-OBS= '2025-03-14T21:05:32.5'", "TIME = '14:05:32.5' / local time")]
    [InlineData("LAT-OBS = 31.7|LONG-OBS= -110.9", "LATITUDE= 31.7|LONGITUD= 249.1")]
    public void What_agrees_is_not(string used, string other)
    {
        string[] whole = used.StartsWith("DATE", StringComparison.Ordinal) ? [] : ["DATE-OBS= '2025-03-14T21:05:32.5'"];
        Assert.Empty(Headers.Light([.. whole, .. used.Split('|'), .. other.Split('|')]).Warnings);
    }

    [Fact]
    public void The_profile_s_read_noise()
    {
        TelescopeProfile profile = ProfileReader.Read("name: x\nread-noise: 5", "x.yaml");
        Assert.True(Headers.Light(profile, "RDNOISE = 9.0").Warns("RDNOISE = 9.0, but the profile x says 5 e-"));
        Assert.False(Headers.Light(profile, "RDNOISE = 5.05").Warns("RDNOISE"));
    }

    [Theory]
    [InlineData("LATITUDE", "GEOLON", "keywords: {longitude: GEOLON}")]
    [InlineData("SITELAT", "LONGITUD", "")]
    public void A_site_whose_two_keywords_no_writer_pairs_is_still_one(string latitude, string longitude, string keywords)
    {
        TelescopeProfile profile = ProfileReader.Read($"name: x\n{keywords}", "x.yaml");
        FrameInfo frame = Headers.Light(profile, $"{latitude} = 20.0", $"{longitude} = -100.0");
        Assert.Equal((20, -100), (frame.Site!.Value.LatitudeDegrees, frame.Site.Value.LongitudeDegrees));
    }

    [Theory]
    [InlineData("'31 40 48 N'", "'110 52 48 W'", 31.68, -110.88)]
    [InlineData("'S31:40:48'", "'E110:52:48'", -31.68, 110.88)]
    [InlineData("31.68", "-110.88 / west longitude", 31.68, -110.88)]
    [InlineData("31.68", "110.88 / [deg W]", 31.68, -110.88)]
    [InlineData("31.68", "13.4 / longitude, W is negative", 31.68, 13.4)]
    [InlineData("31.68", "-110.88 / [deg] west negative", 31.68, -110.88)]
    [InlineData("31.68", "13.4 / degrees East (West = -)", 31.68, 13.4)]
    public void Halves_of_the_globe(string latitude, string longitude, double north, double east)
    {
        FrameInfo frame = Headers.Light($"SITELAT = {latitude}", $"SITELONG= {longitude}");
        Assert.Equal(north, frame.Site!.Value.LatitudeDegrees, 1e-9);
        Assert.Equal(east, frame.Site.Value.LongitudeDegrees, 1e-9);
    }

    [Fact]
    public void What_cannot_be_is_said()
    {
        TelescopeProfile profile = ProfileReader.Read("name: x\ntrimming: [48, 2]", "x.yaml");
        FrameInfo frame = Headers.Light(profile);
        Assert.Null(frame.TrimSection);
        Assert.True(frame.Warns("leaves nothing of 96×64"));
        Assert.True(Headers.Read("/n/x.fits", "IMAGETYP= 'Master Light'", "FILTER = 'V'").Warns("a stack of lights"));
        Assert.True(Headers.Light("DATE-OBS= '2025-03-14T21:05:32'", "TIMESYS = 'UT1'").Warns("taken as UTC"));
    }
}
