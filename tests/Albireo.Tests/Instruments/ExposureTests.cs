using Albireo.Pipeline.Inventory;

namespace Albireo.Tests.Instruments;

/// <summary>headers.md, row "exposure".</summary>
public sealed class ExposureTests
{
    [Theory]
    [InlineData("EXPTIME")]
    [InlineData("EXPOSURE")]
    [InlineData("XPOSURE")]
    [InlineData("EXP_TIME")]
    [InlineData("EXPOSED")]
    [InlineData("ITIME")]
    public void Every_keyword_counts(string keyword)
    {
        FrameInfo frame = Headers.Read("/n/x.fits", "IMAGETYP= 'DARK'", $"{keyword} = 12.5");
        Assert.Equal((12.5, keyword, "12.5"), (frame.ExposureSeconds!.Value, frame.ExposureSeconds.From, frame.ExposureSeconds.Raw));
        Assert.Empty(frame.Warnings);
    }

    [Theory]
    [InlineData("EXPTIME = '60.0'", 60, false)]
    [InlineData("EXPTIME = 060.00", 60, false)]
    [InlineData("EXPTIME = 6.0D1", 60, false)]
    [InlineData("EXPTIME = 3.00000000000E+001 / [sec] Duration", 30, false)]
    [InlineData("EXPTIME = 60.0 / Exposure time in Seconds", 60, false)]
    [InlineData("EXPTIME = 60000.0 / exposure time in ms", 60, true)]
    [InlineData("EXPTIME = 500 / [ms]", 0.5, true)]
    [InlineData("EXPTIME = 2 / (minutes)", 120, true)]
    [InlineData("EXPTIME = '60 s'", 60, true)]
    [InlineData("EXPTIME = '250 ms'", 0.25, true)]
    [InlineData("EXPTIME = 60.0 / time in main exposure", 60, false)]
    public void Numbers_texts_and_units(string card, double seconds, bool said)
    {
        FrameInfo frame = Headers.Read("/n/x.fits", "IMAGETYP= 'DARK'", card);
        Assert.Equal(seconds, frame.ExposureSeconds!.Value, 1e-12);
        Assert.Equal(said, frame.Warnings.Count > 0);
    }

    [Theory]
    [InlineData("EXPTIME = -60.0")]
    [InlineData("EXPTIME = 'long'")]
    [InlineData("EXPTIME = '60,0'")]
    [InlineData("EXPTIME = 1.0E10")]
    [InlineData("EXPTIME = T")]
    [InlineData("EXPTIME = NaN")]
    [InlineData("EXPTIME = -999")]
    [InlineData("EXPTIME = 'N/A'")]
    [InlineData("EXPTIME = 1.8E308")]
    [InlineData("COMMENT nothing")]
    public void What_is_no_exposure_is_unknown_and_not_zero(string card)
    {
        FrameInfo frame = Headers.Read("/n/x.fits", "IMAGETYP= 'DARK'", card);
        Assert.Null(frame.ExposureSeconds);
        Assert.True(frame.Warns("The exposure is not known."));
    }

    [Fact]
    public void Zero_stays_zero() => Assert.Equal(0, Headers.Read("/n/x.fits", "IMAGETYP= 'BIAS'", "EXPTIME = 0.0").ExposureSeconds!.Value);

    [Fact]
    public void Two_keywords_that_disagree_are_said()
    {
        FrameInfo frame = Headers.Light("EXPOSURE= 30.0");
        Assert.Equal((60, "EXPTIME"), (frame.ExposureSeconds!.Value, frame.ExposureSeconds.From));
        Assert.Contains("EXPOSURE says 30 s and EXPTIME 60 s: EXPTIME is used.", frame.Warnings);
    }

    [Fact]
    public void A_keyword_that_stands_there_twice_is_said() =>
        Assert.Contains("EXPTIME stands there twice, as 60.0 and 30.0: the first is used.", Headers.Light("EXPTIME = 30.0").Warnings);

    [Fact]
    public void Elapsed_time_only_warns()
    {
        Assert.Equal(60, Headers.Light("TELAPSE = 61.96").ExposureSeconds!.Value);
        Assert.False(Headers.Light("TELAPSE = 61.96").Warns("TELAPSE"));
        Assert.True(Headers.Light("TELAPSE = 50.0").Warns("TELAPSE"));
        Assert.True(Headers.Light("TELAPSE = 90.0").Warns("interrupted"));
        Assert.Null(Headers.Read("/n/x.fits", "IMAGETYP= 'DARK'", "TELAPSE = 60.0").ExposureSeconds);
    }
}
