using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Inventory;

namespace Albireo.Tests.Instruments;

/// <summary>Units that a card's comment names win (headers.md, row exposure); read otherwise, a value is silently wrong by the unit.</summary>
public sealed class UnitTests
{
    [Theory]
    [InlineData("500 / ms", 0.5)]
    [InlineData("500 / Exposure time, ms", 0.5)]
    [InlineData("500 / exposure time ms", 0.5)]
    [InlineData("500 / milliseconds", 0.5)]
    [InlineData("500 / ms, as requested", 0.5)]
    [InlineData("2 / Exposure time -- minutes", 120)]
    [InlineData("2 / min", 120)]
    [InlineData("5 / [sec] exposure; readout in ms", 5)]
    [InlineData("5 / Exposure time in sec (5 min max)", 5)]
    [InlineData("5 / exposure time, at most 5 min", 5)]
    [InlineData("5 / exposure time", 5)]
    public void Exposure(string card, double seconds) =>
        Assert.Equal(seconds, Headers.Read("/n/x.fits", "IMAGETYP= 'DARK'", $"EXPTIME = {card}").ExposureSeconds!.Value, 1e-12);

    [Theory]
    [InlineData("95.0 / [K] detector temperature", -178.15)]
    [InlineData("95.0 / temperature (K)", -178.15)]
    [InlineData("95.0 / deg K", -178.15)]
    [InlineData("14.0 / deg F", -10)]
    [InlineData("-20.0 / [deg_C] cooled", -20)]
    [InlineData("25.0 / [C] (298 Kelvin)", 25)]
    [InlineData("-20.0 / CCD temperature at start of exposure in C", -20)]
    public void Temperature(string card, double celsius) =>
        Assert.Equal(celsius, Headers.Light($"CCD-TEMP= {card}").TemperatureCelsius!.Value, 1e-9);

    [Theory]
    [InlineData("EGAIN = 0.5 / [adu/e-]", 2)]
    [InlineData("GAIN = 1.5 / photoelectrons per ADU", 1.5)]
    [InlineData("GAIN = 1.5 / (e-)/ADU", 1.5)]
    [InlineData("GAIN = 1.5 / [electron adu-1]", 1.5)]
    public void Gain(string card, double electrons) => Assert.Equal(electrons, Headers.Light(card).Gain!.Value, 1e-12);

    [Fact]
    public void Gain_of_a_profile_in_adu_an_electron()
    {
        TelescopeProfile profile = ProfileReader.Read("name: x\nkeywords: {gain: ESO DET OUT1 GAIN}\ngain-is: adu-per-electron", "x.yaml");
        Assert.Equal(2, Headers.Light(profile, "HIERARCH ESO DET OUT1 GAIN = 0.5").Gain!.Value, 1e-12);
    }

    [Theory]
    [InlineData("5.0 / Read noise in counts", 10)]
    [InlineData("5.0 / [ADU] times the gain in electrons", 10)]
    [InlineData("5.0 / e- (measured at gain 2 e-/ADU)", 5)]
    [InlineData("5.0 / [e-], 2.5 ADU", 5)]
    [InlineData("5.0 / electrons RMS", 5)]
    public void Read_noise(string card, double electrons) =>
        Assert.Equal(electrons, Headers.Light("EGAIN = 2.0", $"RDNOISE = {card}").ReadNoiseElectrons!.Value, 1e-12);

    [Fact]
    public void Saturation()
    {
        Assert.Equal(50000, Headers.Light("EGAIN = 2.0", "SATURATE= 100000.0 / [electrons]").Saturation!.Value);
        FrameInfo unknown = Headers.Light("SATURATE= 100000.0 / [electrons]");
        Assert.Equal((65535, "BITPIX"), (unknown.Saturation!.Value, unknown.Saturation.From));
        Assert.True(unknown.Warns("in electrons and the gain is not known"));
        Assert.True(Headers.Light("SATURATE= 100000.0").Warns("more than the file can hold (65535)"));
    }

    [Theory]
    [InlineData("ALT-OBS = 2.788 / [km]", 2788)]
    [InlineData("ALT-OBS = 9147 / feet", 2788.0056)]
    [InlineData("ALT-OBS = 2788 / [m]", 2788)]
    public void Height(string card, double metres) =>
        Assert.Equal(metres, Headers.Light("LAT-OBS = 32.7", "LONG-OBS= -105.8", card).SiteHeightMetres!.Value, 1e-6);

    [Theory]
    [InlineData("APTDIA = 0.5 / [m]", 500)]
    [InlineData("APTDIA = 508.0 / Aperture diameter in mm", 508)]
    public void Aperture(string card, double millimetres) =>
        Assert.Equal(millimetres, Headers.Light(card).ApertureDiameterMillimetres!.Value, 1e-9);

    [Fact]
    public void An_aperture_of_half_a_millimetre_is_none()
    {
        FrameInfo frame = Headers.Light("APTDIA = 0.5");
        Assert.Null(frame.ApertureDiameterMillimetres);
        Assert.True(frame.Warns("APTDIA = 0.5"));
    }

    [Theory]
    [InlineData(1.25, "SCALE = 1.25 / arcsec/pixel")]
    [InlineData(75, "SCALE = 1.25 / arcmin per pixel")]
    [InlineData(1.8, "PIXSCALE= 0.0005 / [deg/pixel]")]
    [InlineData(1.8563832562238674, "XPIXSZ = 9.0 / [um]", "FOCALLEN= 1.0 / [m]")]
    public void Pixel_scale(double arcseconds, params string[] cards) =>
        Assert.Equal(arcseconds, Headers.Light(cards).PixelScaleArcsec!.Value, 1e-12);

    [Fact]
    public void A_plate_scale_is_no_pixel_scale()
    {
        FrameInfo frame = Headers.Light("SCALE = 28.5 / arcsec/mm");
        Assert.Null(frame.PixelScaleArcsec);
        Assert.True(frame.Warns("scale of the focal plane"));
    }

    [Theory]
    [InlineData("2.0695 / [hr] right ascension")]
    [InlineData("2.0695 / RA (hours)")]
    public void Right_ascension_in_hours(string card) =>
        Assert.Equal(31.0425, Headers.Light($"RA = {card}", "DEC = 46.0").Pointing!.Value.RightAscensionDegrees, 1e-9);

    [Fact]
    public void Sub_frame_in_unbinned_pixels_by_its_comment()
    {
        FrameInfo frame = Headers.Light("XORGSUBF= 100 / in unbinned pixels", "YORGSUBF= 50", "XBINNING= 2", "YBINNING= 2");
        Assert.Equal(new FrameOrigin(50, 25), frame.SubFrameOrigin!.Value);
    }

    [Fact]
    public void The_profile_s_unit_is_that_of_the_keyword_that_it_names()
    {
        TelescopeProfile profile = ProfileReader.Read("name: x\nkeywords: {exposure: SHUTTER}\nexposure-unit: ms", "x.yaml");
        FrameInfo frame = HeaderMap.Read("/n/x.fits", Headers.Of("IMAGETYP= 'DARK'", "SHUTTER = 500"), null, 0, 9, 9, profile);
        Assert.Equal(0.5, frame.ExposureSeconds!.Value, 1e-12);
    }
}
