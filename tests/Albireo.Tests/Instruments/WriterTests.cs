using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Inventory;
using Albireo.Science.Time;
using Albireo.Tests.Inventory;
using Albireo.Tests.Support;

namespace Albireo.Tests.Instruments;

/// <summary>headers.md, "writers to recognise": a header as each of them writes it, read whole.</summary>
public sealed class WriterTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void MaxIm_dl()
    {
        FrameInfo frame = Read(
            "IMAGETYP= 'Light Frame'",
            "EXPTIME = 60.0",
            "EXPOSURE= 60.0",
            "DATE-OBS= '2025-03-14T21:05:32.12'",
            "CCD-TEMP= -19.875",
            "SET-TEMP= -20.0",
            "XPIXSZ = 9.0 / Pixel Width in microns (after binning)",
            "FOCALLEN= 1600.0",
            "XBINNING= 2",
            "YBINNING= 2",
            "XORGSUBF= 128 / Subframe X position in binned pixels",
            "YORGSUBF= 64",
            "EGAIN = 1.4 / Electronic gain in e-/ADU",
            "FILTER = 'Red'",
            "OBJCTRA = '02 04 10'",
            "OBJCTDEC= '+46 41 16'",
            "SWCREATE= 'MaxIm DL Version 6.50'"
        );
        Assert.Equal(
            ("maxim-dl", FrameKind.Light, 60, "2025-03-14T21:05:32.120", "2x2", 1.4),
            (frame.Profile, frame.EffectiveKind, frame.ExposureSeconds!.Value, frame.Start(), frame.Binning!.Value, frame.Gain!.Value)
        );
        Assert.Equal((new FrameOrigin(128, 64), -20), (frame.SubFrameOrigin!.Value, frame.SetPointCelsius!.Value));
        Assert.Equal(206.26480624709636 * 9 / 1600, frame.PixelScaleArcsec!.Value, 1e-9);
        Assert.Empty(frame.Warnings);
    }

    [Fact]
    public void Nina_has_averages_and_both_exposures()
    {
        FrameInfo frame = Read(
            "IMAGETYP= 'LIGHT'",
            "EXPOSURE= 30.0",
            "EXPTIME = 30.0",
            "DATE-LOC= '2025-03-14T22:05:32.123'",
            "DATE-OBS= '2025-03-14T21:05:32.123'",
            "DATE-AVG= '2025-03-14T21:05:47.123'",
            "MJD-AVG = 60748.8790176273",
            "GAIN = 100 / Sensor gain",
            "OFFSET = 50 / Sensor gain offset",
            "EGAIN = 0.25 / [e-/ADU] Electrons per A/D unit",
            "READOUTM= 'High Gain'",
            "FILTER = 'Ha'",
            "SWCREATE= 'N.I.N.A. 3.1.2.9001 (x64)'"
        );
        Assert.Equal(
            ("nina", "2025-03-14T21:05:32.123", "DATE-OBS", 0.25, "100", "50", "High Gain"),
            (
                frame.Profile,
                frame.Start(),
                frame.Start!.From,
                frame.Gain!.Value,
                frame.GainSetting!.Value,
                frame.OffsetSetting!.Value,
                frame.ReadoutMode!.Value
            )
        );
        Assert.Empty(frame.Warnings);
    }

    [Fact]
    public void Ekos_pads_with_nulls_behind_the_last_block()
    {
        string path = folder.At("ekos.fits");
        byte[] bytes = TinyFits.Bytes(
            5,
            8,
            6,
            "FRAME = 'Light'",
            "EXPTIME = 12.0",
            "DATE-OBS= '2025-03-14T21:05:32.123'",
            "GAIN = 56.0",
            "FILTER = 'L'",
            "CREATOR = 'KStars 3.6.8'"
        );
        File.WriteAllBytes(path, [.. bytes, .. new byte[2880]]);
        FrameInfo frame = FrameFile.Read(path, TelescopeLibrary.Open(), null);
        Assert.Null(frame.Problem);
        Assert.Equal(
            ("ekos", FrameKind.Light, "FRAME", null, "56"),
            (frame.Profile, frame.EffectiveKind, frame.Kind!.From, frame.Gain?.Value, frame.GainSetting!.Value)
        );
    }

    [Fact]
    public void Sgp_writes_exposure_only()
    {
        FrameInfo frame = Read(
            "IMAGETYP= 'LIGHT'",
            "EXPOSURE= 120.0",
            "DATE-OBS= '2025-03-14T21:05:32.123'",
            "GAIN = 139",
            "FILTER = 'R'",
            "CREATOR = 'Sequence Generator Pro v3.1.0.401'"
        );
        Assert.Equal(
            ("sgp", 120, "EXPOSURE", "139"),
            (frame.Profile, frame.ExposureSeconds!.Value, frame.ExposureSeconds.From, frame.GainSetting!.Value)
        );
        Assert.Empty(frame.Warnings);
    }

    [Fact]
    public void Lco_keeps_its_picture_in_an_extension()
    {
        FrameInfo frame = HeaderMap.Read(
            "/n/lsc1m005-fa15-20250314-0123-e91.fits.fz",
            Headers.Of(
                "EXTNAME = 'SCI'",
                "OBSTYPE = 'EXPOSE'",
                "EXPTIME = 45.0",
                "DATE-OBS= '2025-03-14T21:05:32.123'",
                "FILTER = 'rp'",
                "GAIN = 2.3 / [electrons/count] Pixel gain",
                "RDNOISE = 8.9 / [electron] Read noise",
                "SATURATE= 114200.0 / [ADU] Saturation level used",
                "CCDATEMP= -110.0 / [deg C]",
                "CCDSTEMP= -110.0 / [deg C]",
                "CCDSUM = '1 1'",
                "CONFMODE= 'full_frame'",
                "LATITUDE= -30.1673",
                "LONGITUD= -70.8047",
                "HEIGHT = 2201.0",
                "TELESCOP= '1m0-05'",
                "INSTRUME= 'fa15'"
            ),
            Headers.Of("ORIGIN = 'LCOGT'"),
            1,
            96,
            64,
            TelescopeLibrary.Open().Match(Headers.Of("TELESCOP= '1m0-05'", "INSTRUME= 'fa15'")),
            largestCount: null // BANZAI writes floating point
        );
        Assert.Equal(
            ("lco", FrameKind.Light, "OBSTYPE", 2.3, 8.9, 114200),
            (
                frame.Profile,
                frame.EffectiveKind,
                frame.Kind!.From,
                frame.Gain!.Value,
                frame.ReadNoiseElectrons!.Value,
                frame.Saturation!.Value
            )
        );
        Assert.Equal(("1x1", "full_frame", -110), (frame.Binning!.Value, frame.ReadoutMode!.Value, frame.TemperatureCelsius!.Value));
        Assert.Equal((-70.8047, 2201), (frame.Site!.Value.LongitudeDegrees, frame.SiteHeightMetres!.Value));
        Assert.Empty(frame.Warnings);
    }

    [Theory]
    [InlineData("EXPOSE", FrameKind.Light)]
    [InlineData("STANDARD", FrameKind.Light)]
    [InlineData("BIAS", FrameKind.Bias)]
    [InlineData("DARK", FrameKind.Dark)]
    [InlineData("SKYFLAT", FrameKind.Flat)]
    [InlineData("LAMPFLAT", FrameKind.Flat)]
    public void Lco_words(string word, FrameKind kind) =>
        Assert.Equal(kind, Read($"OBSTYPE = '{word}'", "EXPTIME = 1.0", "ORIGIN = 'LCOGT'").EffectiveKind);

    [Fact]
    public void Schmidt_notebook()
    {
        FrameInfo frame = FrameOf(
            "schmidt",
            "/n/d4466637UW32R008.fit",
            "OBJECT = 'UW32'",
            "EXPTIME = 60.0",
            "FILTER = 'R'",
            "DATE-OBS= '09/12/00'",
            "TIME = '16:04:00'",
            "CRVAL1 = 1800",
            "CRVAL2 = 1750"
        );
        Assert.Equal(
            (FrameKind.Light, "2000-12-09T16:04:00.000", 3.0, 7.0, new FrameOrigin(1800, 1750)),
            (frame.EffectiveKind, frame.Start(), frame.Gain!.Value, frame.ReadNoiseElectrons!.Value, frame.SubFrameOrigin!.Value)
        );
        Assert.Equal(FrameKind.Bias, FrameOf("schmidt", "/n/d4466637BIASR213.fit", "EXPTIME = 0.0").EffectiveKind);
        Assert.Equal(FrameKind.Flat, FrameOf("schmidt", "/n/d4466637FLATR201.fit", "EXPTIME = 3.0").EffectiveKind);
    }

    [Fact]
    public void McDonald_lab()
    {
        // The header of dark_10s-55.fits as the lab prints it.
        FrameInfo frame = FrameOf(
            "mcdonald",
            "/n/dark/dark_10s-55.fits",
            "EXPTIME = 10 / exposure time",
            "DATE-OBS= '2016-10-31T22:04:00' / date of the observation",
            "OBJECT = 'Dark' / name of observed object",
            "TELESCOP= 'McDonald 2.1m'",
            "INSTRUME= 'ProEM'",
            "FILTER = 'blocking'",
            "XBIN = 4 / binning in x pixels",
            "YBIN = 4 / binning in y pixels"
        );
        Assert.Equal((FrameKind.Dark, 10, "4x4"), (frame.EffectiveKind, frame.ExposureSeconds!.Value, frame.Binning!.Value));
        Assert.Equal(FrameKind.Light, FrameOf("mcdonald", "/n/ktwo220274129/A0001.fits", "EXPTIME = 10", "OBJECT = 'ktwo'").EffectiveKind);
    }

    [Fact]
    public void Prose_tutorial()
    {
        FrameInfo frame = FrameOf("prose-tutorial", "/n/0.fits", "IMAGETYP= 'light'", "EXPTIME = 1.0", "TELESCOP= 'A'");
        Assert.Equal((FrameKind.Light, new PixelSection(40, 40, 520, 520)), (frame.EffectiveKind, frame.TrimSection!.Value));
        Assert.Equal((0.66, 7.8586), (frame.PixelScaleArcsec!.Value, frame.Site!.Value.LongitudeDegrees));
    }

    [Theory]
    [InlineData("bias-001.fits", FrameKind.Bias)]
    [InlineData("dark-180s-010.fits", FrameKind.Dark)]
    [InlineData("flat-046.fits", FrameKind.Flat)]
    [InlineData("object-000115.fits", FrameKind.Light)]
    public void Tape(string name, FrameKind kind) => Assert.Equal(kind, FrameOf("tape", $"/n/{name}", "EXPTIME = 15.0").EffectiveKind);

    [Fact]
    public void Lulin()
    {
        FrameInfo frame = FrameOf("lulin", "/n/lot_20210214_0085.fits", "IMAGETYP= 'LIGHT'", "EXPTIME = 60.0", "TELESCOP= 'LOT'");
        Assert.Equal((120.873611, 2862), (frame.Site!.Value.LongitudeDegrees, frame.SiteHeightMetres!.Value));
        Assert.Equal("lulin", TelescopeLibrary.Open().Match(Headers.Of("TELESCOP= 'LOT'"))?.Name);
    }

    private static FrameInfo Read(params string[] cards) => FrameOf(TelescopeLibrary.Open().Match(Headers.Of(cards)), "/n/a.fits", cards);

    private static FrameInfo FrameOf(string profile, string path, params string[] cards) =>
        FrameOf(TelescopeLibrary.Open().Find(profile), path, cards);

    private static FrameInfo FrameOf(TelescopeProfile? profile, string path, string[] cards) =>
        HeaderMap.Read(path, Headers.Of(cards), null, 0, 600, 600, profile, 65535);
}
