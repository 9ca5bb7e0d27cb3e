using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Inventory;

namespace Albireo.Tests.Instruments;

/// <summary>headers.md, rows filter, pixel scale, sections, sub-frame origin, aperture, colour, names, pedestal, pier side, airmass.</summary>
public sealed class PictureTests
{
    [Theory]
    [InlineData("V", "FILTER", "FILTER = 'V'")]
    [InlineData("r'", "FILTER", "FILTER = 'r'''")]
    [InlineData("rp", "FILTERS", "FILTERS = ' rp '")]
    [InlineData("B", "FILTNAM", "FILTNAM = 'B'")]
    [InlineData("R", "FILTER2", "FILTER1 = 'air'", "FILTER2 = 'R'")]
    [InlineData("V+ND", "FILTER1,FILTER3", "FILTER1 = 'V'", "FILTER2 = 'open'", "FILTER3 = 'ND'")]
    [InlineData("air", "FILTER1", "FILTER1 = 'air'", "FILTER2 = 'air'")]
    public void Filter(string filter, string from, params string[] cards)
    {
        FrameInfo frame = Headers.Read("/n/x.fits", ["IMAGETYP= 'LIGHT'", "EXPTIME = 1.0", .. cards]);
        Assert.Equal((filter, from), (frame.Filter!.Value, frame.Filter.From));
    }

    [Fact]
    public void A_filter_that_is_a_number_is_said()
    {
        FrameInfo frame = Headers.Read("/n/x.fits", "IMAGETYP= 'LIGHT'", "EXPTIME = 1.0", "FILTER = 3");
        Assert.Equal("3", frame.Filter!.Value);
        Assert.True(frame.Warns("perhaps the place in a wheel"));
    }

    [Theory]
    [InlineData("FILTER = '        '")]
    [InlineData("FILTER = 'N/A'")]
    [InlineData("COMMENT none")]
    public void Trap_no_filter_is_unknown_and_said(string card)
    {
        FrameInfo frame = Headers.Read("/n/x.fits", "IMAGETYP= 'LIGHT'", "EXPTIME = 1.0", card);
        Assert.Null(frame.Filter);
        Assert.Contains("The filter is not known.", frame.Warnings);
        Assert.Empty(Headers.Read("/n/x.fits", "IMAGETYP= 'BIAS'", "EXPTIME = 0.0", card).Warnings);
    }

    [Theory]
    [InlineData(5.21, "IM_SCALE", "IM_SCALE= 5.210")]
    [InlineData(1.3, "SCALE", "SCALE = 1.3")]
    [InlineData(1.3, "PIXSCALE", "PIXSCALE= 1.3")]
    [InlineData(1.3, "SECPIX", "SECPIX = 1.3")]
    [InlineData(1.16024, "XPIXSZ/FOCALLEN", "XPIXSZ = 9.0 / after binning", "FOCALLEN= 1600.0")]
    [InlineData(2.32048, "XPIXSZ/FOCALLEN", "XPIXSZ = 9.0 / unbinned", "FOCALLEN= 1600.0", "XBINNING= 2", "YBINNING= 2")]
    [InlineData(0.72, "CD1_1…CD2_2", "CTYPE1 = 'RA---TAN'", "CD1_1 = -0.0002", "CD2_2 = 0.0002", "CD1_2 = 0.0", "IM_SCALE= 9.0")]
    [InlineData(0.72, "CDELT1,CDELT2", "CTYPE1 = 'RA---TAN'", "CDELT1 = -0.0002", "CDELT2 = 0.0002", "CRPIX1 = 1.0")]
    public void Pixel_scale(double arcsec, string from, params string[] cards)
    {
        FrameInfo frame = Headers.Light(cards);
        Assert.Equal(arcsec, frame.PixelScaleArcsec!.Value, 2e-5);
        Assert.Equal(from, frame.PixelScaleArcsec.From);
    }

    [Fact]
    public void Sections_count_from_one_in_the_header()
    {
        FrameInfo frame = Headers.Light("BIASSEC = '[1:8,1:64]'", "TRIMSEC = '[9:96,1:64]'");
        Assert.Equal(new PixelSection(0, 0, 8, 64), frame.Overscan!.Value);
        Assert.Equal(new PixelSection(8, 0, 88, 64), frame.TrimSection!.Value);
        Assert.Equal("[9:96,1:64]", frame.TrimSection.Value.ToString());
        Assert.Equal("DATASEC", Headers.Light("DATASEC = '[9:96,1:64]'").TrimSection!.From);
    }

    [Theory]
    [InlineData("[8:1,1:64]", true)]
    [InlineData("[1:99999999999999999999,1:64]", true)]
    [InlineData("[1:97,1:64]", true)]
    [InlineData("[0:8,1:64]", true)]
    [InlineData("[1:8]", true)]
    [InlineData("UNKNOWN", false)]
    [InlineData("", false)]
    public void Trap_sections_that_are_none(string text, bool said)
    {
        FrameInfo frame = Headers.Light($"BIASSEC = '{text}'");
        Assert.Null(frame.Overscan);
        Assert.Equal(said, frame.Warns("BIASSEC"));
    }

    [Fact]
    public void The_profile_trims_where_the_header_does_not()
    {
        TelescopeProfile profile = ProfileReader.Read("name: x\ntrimming: [4, 2]", "x.yaml");
        FrameInfo frame = Headers.Light(profile);
        Assert.Equal((new PixelSection(4, 2, 88, 60), "profile"), (frame.TrimSection!.Value, frame.TrimSection.From));
        Assert.Equal("TRIMSEC", Headers.Light(profile, "TRIMSEC = '[9:96,1:64]'").TrimSection!.From);
    }

    [Theory]
    [InlineData(100, 50, "XORGSUBF,YORGSUBF", "XORGSUBF= 100 / Subframe X position in binned pixels", "YORGSUBF= 50")]
    [InlineData(100, 50, "LTV1,LTV2", "LTV1 = -100.0", "LTV2 = -50.0")]
    [InlineData(1200, 1300, "CRVAL1,CRVAL2", "CRVAL1 = 1200", "CRVAL2 = 1300")]
    public void Sub_frame_origin(int column, int row, string from, params string[] cards)
    {
        FrameInfo frame = Headers.Light(cards);
        Assert.Equal((new FrameOrigin(column, row), from), (frame.SubFrameOrigin!.Value, frame.SubFrameOrigin.From));
    }

    [Fact]
    public void Trap_a_wcs_is_no_sub_frame() =>
        Assert.Null(Headers.Light("CTYPE1 = 'RA---TAN'", "CRVAL1 = 31", "CRVAL2 = 46").SubFrameOrigin);

    [Fact]
    public void Trap_sub_frame_origins_in_unbinned_pixels_by_profile()
    {
        TelescopeProfile profile = ProfileReader.Read("name: x\nsub-frame-origin: unbinned", "x.yaml");
        FrameInfo frame = Headers.Light(profile, "XORGSUBF= 100", "YORGSUBF= 50", "XBINNING= 2", "YBINNING= 2");
        Assert.Equal(new FrameOrigin(50, 25), frame.SubFrameOrigin!.Value);
        FrameInfo maxim = Headers.Light(profile, "XORGSUBF= 100 / in binned pixels", "YORGSUBF= 50", "XBINNING= 2", "YBINNING= 2");
        Assert.Equal(new FrameOrigin(100, 50), maxim.SubFrameOrigin!.Value);
    }

    [Fact]
    public void Aperture_of_the_telescope()
    {
        Assert.Equal(508, Headers.Light("APTDIA = 508.0").ApertureDiameterMillimetres!.Value);
        Assert.Equal(200, Headers.Light("APTDIA = 0.0", "APTAREA = 31415.926535897932").ApertureDiameterMillimetres!.Value, 1e-9);
        Assert.Null(Headers.Light("APTDIA = 0.0", "APTAREA = 0.0").ApertureDiameterMillimetres);
    }

    [Theory]
    [InlineData("RGGB", "BAYERPAT= 'RGGB'")]
    [InlineData("RGGB", "BAYERPAT= 'RGGB'", "ROWORDER= 'TOP-DOWN'")]
    [InlineData("GBRG", "BAYERPAT= 'RGGB'", "ROWORDER= 'BOTTOM-UP'")]
    [InlineData("GRBG", "BAYERPAT= 'RGGB'", "XBAYROFF= 1")]
    [InlineData("GBRG", "BAYERPAT= 'RGGB'", "YBAYROFF= 1")]
    [InlineData("RGGB", "BAYERPAT= 'RGGB'", "YBAYROFF= 1", "ROWORDER= 'BOTTOM-UP'")]
    public void Bayer_pattern_of_the_first_rows(string pattern, params string[] cards) =>
        Assert.Equal(pattern, Headers.Light(cards).BayerPattern!.Value);

    [Fact]
    public void Row_order_alone_is_no_colour_camera() => Assert.Null(Headers.Light("ROWORDER= 'TOP-DOWN'").BayerPattern);

    [Fact]
    public void Names_are_trimmed_and_blank_is_missing()
    {
        FrameInfo frame = Headers.Light("OBJECT = ' HATP-32 '", "INSTRUME= '        '", "TELESCOP= 'Cecilia '");
        Assert.Equal(("HATP-32", null, "Cecilia"), (frame.ObjectName!.Value, frame.Instrument?.Value, frame.Telescope!.Value));
    }

    [Theory]
    [InlineData("pierWest", "west")]
    [InlineData("WEST", "west")]
    [InlineData("East", "east")]
    [InlineData("unknown", null)]
    [InlineData("up", null)]
    public void Pier_side(string text, string? side) => Assert.Equal(side, Headers.Light($"PIERSIDE= '{text}'").PierSide?.Value);

    [Fact]
    public void Pedestal() => Assert.Equal(-100, Headers.Light("PEDESTAL= -100").Pedestal!.Value);

    [Theory]
    [InlineData("AIRMASS = 1.134", 1.134)]
    [InlineData("AIRMASS = 0.0", null)]
    [InlineData("AIRMASS = 'N/A'", null)]
    [InlineData("AIRMASS = -1.0", null)]
    public void Airmass(string card, double? airmass)
    {
        FrameInfo frame = Headers.Light(card);
        Assert.Equal(airmass, frame.Airmass?.Value);
        Assert.Equal(airmass is null, frame.Warns("AIRMASS"));
    }

    [Theory]
    [InlineData("N/A")]
    [InlineData("UNKNOWN")]
    [InlineData("UNDEFINED")]
    [InlineData("na")]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("1.8E308")]
    [InlineData("-1.8E308")]
    [InlineData("-999")]
    public void Placeholders_mean_missing(string text)
    {
        Assert.True(HeaderReading.IsMissing(text));
        Assert.Null(Headers.Light($"OBJECT = '{text}'").ObjectName);
    }

    [Fact]
    public void An_extension_takes_over_what_the_primary_header_says()
    {
        FrameInfo frame = HeaderMap.Read(
            "/n/x.fits",
            Headers.Of("EXPTIME = 10.0", "EXTNAME = 'SCI'"),
            Headers.Of("IMAGETYP= 'LIGHT'", "EXPTIME = 99.0", "FILTER = 'V'"),
            1,
            96,
            64,
            null
        );
        Assert.Equal((10.0, "V", FrameKind.Light), (frame.ExposureSeconds!.Value, frame.Filter!.Value, frame.EffectiveKind));
    }
}
