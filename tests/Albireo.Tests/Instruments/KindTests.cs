using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Inventory;

namespace Albireo.Tests.Instruments;

/// <summary>headers.md, row "frame type".</summary>
public sealed class KindTests
{
    [Theory]
    [InlineData("LIGHT", FrameKind.Light)]
    [InlineData("Light Frame", FrameKind.Light)]
    [InlineData("object", FrameKind.Light)]
    [InlineData("SCIENCE", FrameKind.Light)]
    [InlineData("EXPOSE", FrameKind.Light)]
    [InlineData("standard", FrameKind.Light)]
    [InlineData("target", FrameKind.Light)]
    [InlineData("Tricolor Image", FrameKind.Light)]
    [InlineData("snapshot", FrameKind.Light)]
    [InlineData("Bias Frame", FrameKind.Bias)]
    [InlineData("zero", FrameKind.Bias)]
    [InlineData("Offset", FrameKind.Bias)]
    [InlineData("DARK", FrameKind.Dark)]
    [InlineData("dark_frame", FrameKind.Dark)]
    [InlineData("Flat Field", FrameKind.Flat)]
    [InlineData("FLATFIELD", FrameKind.Flat)]
    [InlineData("SKYFLAT", FrameKind.Flat)]
    [InlineData("dome flat", FrameKind.Flat)]
    [InlineData("twilight flat", FrameKind.Flat)]
    [InlineData("Twilight", FrameKind.Flat)]
    [InlineData("FLAT,SKY", FrameKind.Flat)]
    [InlineData("DARKFLAT", FrameKind.DarkFlat)]
    [InlineData("Dark Flat", FrameKind.DarkFlat)]
    [InlineData("FlatDark", FrameKind.DarkFlat)]
    [InlineData("Master Dark", FrameKind.MasterDark)]
    [InlineData("master bias", FrameKind.MasterBias)]
    [InlineData("MasterFlat", FrameKind.MasterFlat)]
    [InlineData("Master Dark Flat", FrameKind.MasterDarkFlat)]
    public void Words_of_writers_are_understood(string word, FrameKind kind)
    {
        FrameInfo frame = Headers.Read("/night/x.fits", $"IMAGETYP= '{word}'", "EXPTIME = 1.0");
        Assert.Equal((kind, "IMAGETYP", word), (frame.Kind!.Value, frame.Kind.From, frame.Kind.Raw));
        Assert.Equal(kind, frame.EffectiveKind);
    }

    [Theory]
    [InlineData("IMAGETYP")]
    [InlineData("OBSTYPE")]
    [InlineData("FRAME")]
    [InlineData("IMGTYPE")]
    [InlineData("DATA-TYP")]
    public void Every_keyword_counts(string keyword) =>
        Assert.Equal((FrameKind.Flat, keyword), Read(Headers.Read("/night/x.fits", $"{keyword} = 'FLAT'")));

    [Theory]
    [InlineData(
        "/n/dark_001.fits",
        "IMAGETYP= 'Light Frame'",
        "OBJECT = 'M 13'",
        "but the file name 'dark' suggests dark: IMAGETYP is used"
    )]
    [InlineData("/n/a1.fits", "IMAGETYP= 'Light Frame'", "OBJECT = 'twilight flat'", "but the OBJECT 'twilight flat' suggests flat")]
    [InlineData("/n/flats/a1.fits", "IMAGETYP= 'Light Frame'", "OBJECT = 'M 13'", "but the folder 'flats' suggests flat")]
    [InlineData("/n/FlatDark_1.fits", "IMAGETYP= 'Dark Frame'", "OBJECT = 'M 13'", "suggests dark-flat")]
    [InlineData("/n/dark_001.fits", "IMAGETYP= 'Dark Frame'", "OBJECT = 'Standard'", null)]
    [InlineData("/n/flats/light_1.fits", "IMAGETYP= 'Flat'", "OBJECT = 'M 13'", null)]
    public void Names_that_speak_against_the_header_are_said(string path, string kind, string target, string? sentence)
    {
        FrameInfo frame = Headers.Read(path, kind, target, "EXPTIME = 5.0", "FILTER = 'V'", "DATE-OBS= '2025-03-14T21:05:32'");
        Assert.Equal("IMAGETYP", frame.Kind!.From);
        Assert.Equal(sentence is null, frame.Warnings.Count == 0);
        Assert.True(sentence is null || frame.Warns(sentence), string.Join(" | ", frame.Warnings));
    }

    [Fact]
    public void Eso_writes_it_in_a_hierarchy()
    {
        Assert.Equal(
            (FrameKind.Flat, "ESO DPR TYPE"),
            Read(Headers.Read("/n/x.fits", "HIERARCH ESO DPR TYPE = 'FLAT,SKY'", "HIERARCH ESO DPR CATG = 'CALIB'"))
        );
        Assert.Equal((FrameKind.Light, "ESO DPR CATG"), Read(Headers.Read("/n/x.fits", "HIERARCH ESO DPR CATG = 'SCIENCE'")));
    }

    [Fact]
    public void Words_that_contradict_each_other_are_reported_and_not_guessed()
    {
        FrameInfo frame = Headers.Light("OBSTYPE = 'BIAS'");
        Assert.Null(frame.Kind);
        Assert.Equal(FrameKind.Unknown, frame.EffectiveKind);
        Assert.Equal(
            "IMAGETYP = 'Light Frame' and OBSTYPE = 'BIAS' contradict each other: the kind of the frame is not known.",
            frame.WhyUnusable
        );
    }

    [Fact]
    public void A_master_and_its_kind_do_not_contradict_each_other() =>
        Assert.Equal(FrameKind.MasterDark, Headers.Read("/n/x.fits", "IMAGETYP= 'DARK'", "OBSTYPE = 'Master Dark'").EffectiveKind);

    [Theory]
    [InlineData("IMAGETYP= 5", "IMAGETYP = '5' is no known kind of frame.")]
    [InlineData("IMAGETYP= 'FOCUS'", "IMAGETYP = 'FOCUS' is no known kind of frame.")]
    public void An_unknown_word_is_no_light(string card, string warning)
    {
        FrameInfo frame = Headers.Read("/night/x.fits", card, "EXPTIME = 60.0", "OBJECT = 'M 13'");
        Assert.Equal(FrameKind.Unknown, frame.EffectiveKind);
        Assert.Contains(warning, frame.Warnings);
    }

    [Fact]
    public void The_word_frame_in_another_sense_does_not_count() =>
        Assert.Equal(FrameKind.Dark, Headers.Read("/n/x.fits", "FRAME = 'FK5'", "OBSTYPE = 'DARK'", "EXPTIME = 1.0").EffectiveKind);

    [Theory]
    [InlineData("/n/dark_10s-55.fits", null, FrameKind.Dark, "file name")]
    [InlineData("/n/Bias_BIN1_20250530.fits.fz", null, FrameKind.Bias, "file name")]
    [InlineData("/n/flat-046.fits", null, FrameKind.Flat, "file name")]
    [InlineData("/n/domeflat_g_001.fits", null, FrameKind.Flat, "file name")]
    [InlineData("/n/masterDark_30s.fits", null, FrameKind.MasterDark, "file name")]
    [InlineData("/n/flat_dark_2s.fits", null, FrameKind.DarkFlat, "file name")]
    [InlineData("/n/flats/0001.fits", null, FrameKind.Flat, "folder")]
    [InlineData("/n/0001.fits", "Dark", FrameKind.Dark, "OBJECT")]
    [InlineData("/n/0001.fits", "HATP-32", FrameKind.Light, "OBJECT")]
    [InlineData("/n/object-000115.fits", "hat-p-12b", FrameKind.Light, "file name")]
    public void Where_the_header_is_silent_names_suggest(string path, string? target, FrameKind kind, string from)
    {
        FrameInfo frame = Headers.Read(path, target is null ? ["EXPTIME = 2.0"] : ["EXPTIME = 2.0", $"OBJECT = '{target}'"]);
        Assert.Null(frame.Kind);
        Assert.Equal((kind, from), (frame.SuggestedKind!.Value, frame.SuggestedKind.From));
        Assert.Equal(kind, frame.EffectiveKind);
    }

    [Fact]
    public void Hints_that_contradict_each_other_are_reported()
    {
        FrameInfo frame = Headers.Read("/n/flat-046.fits", "OBJECT = 'dark180'", "EXPTIME = 2.0");
        Assert.Equal(FrameKind.Flat, frame.EffectiveKind);
        FrameInfo against = Headers.Read("/n/flat-046.fits", "OBJECT = 'dark'", "EXPTIME = 2.0");
        Assert.Equal(FrameKind.Unknown, against.EffectiveKind);
        Assert.StartsWith("file name 'flat' and OBJECT 'dark' contradict each other", against.Contradiction, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_word_a_frame_counts_as_light_unless_it_has_no_exposure()
    {
        FrameInfo frame = Headers.Read("/n/0001.fits", "EXPTIME = 60.0");
        Assert.Equal((null, null, FrameKind.Light), (frame.Kind, frame.SuggestedKind, frame.EffectiveKind));
        Assert.True(frame.Warns("names no kind of frame"));
        Assert.Equal(FrameKind.Unknown, Headers.Read("/n/0001.fits", "EXPTIME = 0.0", "OBJECT = 'M 13'").EffectiveKind);
    }

    [Fact]
    public void A_star_with_a_word_in_its_name_is_no_calibration_frame()
    {
        Assert.Equal(FrameKind.Light, Headers.Read("/n/M13_zeroth_order_flattened.fits", "EXPTIME = 2.0", "OBJECT = 'M 13'").EffectiveKind);
        Assert.Equal(FrameKind.Light, Headers.Read("/n/x.fits", "EXPTIME = 2.0", "OBJECT = 'Dark Nebula B33'").EffectiveKind);
    }

    [Fact]
    public void Sense_is_checked()
    {
        Assert.True(Headers.Read("/n/x.fits", "IMAGETYP= 'BIAS'", "EXPTIME = 30.0").Warns("is it a dark?"));
        Assert.False(Headers.Read("/n/x.fits", "IMAGETYP= 'BIAS'", "EXPTIME = 0.001").Warns("is it a dark?"));
        Assert.True(Headers.Light("EXPOSURE= 60.0").Warnings.Count == 1); // no start
        Assert.True(Headers.Read("/n/x.fits", "IMAGETYP= 'LIGHT'", "EXPTIME = 0.0").Warns("EXPTIME = 0 on a light frame"));
    }

    [Fact]
    public void A_profile_has_words_and_file_names_of_its_own()
    {
        var profile = ProfileReader.Read("name: x\nkinds: {dark: [CLOSED]}\nfile-names: {bias: ['d*BIAS*']}", "x.yaml");
        Assert.Equal(FrameKind.Dark, HeaderMap.Read("/n/a.fits", Headers.Of("IMAGETYP= 'closed'"), null, 0, 9, 9, profile).EffectiveKind);
        FrameInfo bias = HeaderMap.Read("/n/d4466637BIASR213.fit", Headers.Of("EXPTIME = 0.0"), null, 0, 9, 9, profile);
        Assert.Equal((FrameKind.Bias, "file name"), (bias.SuggestedKind!.Value, bias.SuggestedKind.From));
    }

    private static (FrameKind, string) Read(FrameInfo frame) => (frame.Kind!.Value, frame.Kind.From);
}
