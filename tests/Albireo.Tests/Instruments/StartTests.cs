using Albireo.Pipeline.Instruments;
using Albireo.Pipeline.Inventory;
using Albireo.Science.Time;

namespace Albireo.Tests.Instruments;

/// <summary>headers.md, row "start, UTC".</summary>
public sealed class StartTests
{
    private const string Instant = "2025-03-14T21:05:32.123";

    [Theory]
    [InlineData("DATE-BEG= '2025-03-14T21:05:32.123'", "DATE-BEG")]
    [InlineData("UT-OBS = '2025-03-14T21:05:32.123-0000'", "UT-OBS")]
    [InlineData("DATE-OBS= '2025-03-14T21:05:32.123'", "DATE-OBS")]
    [InlineData("DATE-OBS= '2025-03-14T21:05:32.123Z'", "DATE-OBS")]
    [InlineData("DATE-OBS= '2025-03-14T14:05:32.123-0700'", "DATE-OBS")]
    [InlineData("DATE-OBS= '2025-03-14T22:05:32.123+01:00'", "DATE-OBS")]
    [InlineData("DATE-OBS= '2025-03-14 21:05:32.123'", "DATE-OBS")]
    public void A_full_instant(string card, string from)
    {
        FrameInfo frame = Headers.Light(card);
        Assert.Equal((Instant, from), (frame.Start(), frame.Start!.From));
    }

    [Theory]
    [InlineData("2025-03-14 21:05:32.123")]
    [InlineData("2025-03-14T21:05:32,123")]
    [InlineData("2025/03/14T21:05:32.123")]
    [InlineData("2025-3-14T21:05:32.123")]
    public void What_is_not_written_as_the_standard_has_it_is_read_and_said(string text)
    {
        FrameInfo frame = Headers.Light($"DATE-OBS= '{text}'");
        Assert.Equal(Instant, frame.Start());
        Assert.True(frame.Warns("not written as FITS has it"));
    }

    [Theory]
    [InlineData("TIME-OBS= '21:05:32.123'", "DATE-OBS+TIME-OBS")]
    [InlineData("TIME = '21:05:32.123'", "DATE-OBS+TIME")]
    [InlineData("UT = '21:05:32.123'", "DATE-OBS+UT")]
    [InlineData("UTSTART = '21:05:32.123'", "DATE-OBS+UTSTART")]
    [InlineData("UT-START= '21:05:32.123'", "DATE-OBS+UT-START")]
    [InlineData("UT-OBS = '21:05:32.123'", "DATE-OBS+UT-OBS")]
    [InlineData("UT = '21 05 32.123'", "DATE-OBS+UT")]
    public void A_date_and_a_time_of_day(string card, string from)
    {
        FrameInfo frame = Headers.Light("DATE-OBS= '2025-03-14'", card);
        Assert.Equal((Instant, from), (frame.Start(), frame.Start!.From));
        Assert.Empty(frame.Warnings);
    }

    [Fact]
    public void Two_digit_years_are_of_the_last_century_unless_the_profile_says_otherwise()
    {
        Assert.Equal("1993-03-28T07:18:51.000", Headers.Light("DATE-OBS= '28/03/93'", "UT = '07:18:51'").Start());
        TelescopeProfile schmidt = TelescopeLibrary.Open().Find("schmidt")!;
        FrameInfo frame = Headers.Light(schmidt, "DATE-OBS= '09/12/00'", "TIME = '16:04:00'");
        Assert.Equal("2000-12-09T16:04:00.000", frame.Start());
        Assert.Empty(frame.Warnings);
    }

    [Theory]
    [InlineData("MJD-BEG = 60748.87884401620", "MJD-BEG")]
    [InlineData("MJD-OBS = 60748.87884401620", "MJD-OBS")]
    [InlineData("JD = 2460749.37884401620", "JD")]
    public void Julian_dates(string card, string from)
    {
        FrameInfo frame = Headers.Light(card);
        Assert.Equal(from, frame.Start!.From);
        Assert.True(JulianDate.TryParseIso(Instant, out JulianDate truth, out _));
        Assert.InRange(frame.Start.Value.DaysSince(truth) * 86400, -5e-4, 5e-4);
    }

    [Theory]
    [InlineData("DATE-AVG= '2025-03-14T21:06:02.123'", "DATE-AVG-EXPTIME/2")]
    [InlineData("MJD-AVG = 60748.87919123842", "MJD-AVG-EXPTIME/2")]
    public void The_middle_less_half_the_exposure(string card, string from)
    {
        FrameInfo frame = Headers.Light(card);
        Assert.Equal((Instant, from), (frame.Start(), frame.Start!.From));
        Assert.Null(Headers.Read("/n/x.fits", "IMAGETYP= 'LIGHT'", card).Start);
    }

    [Fact]
    public void Trap_local_date_beside_universal_time()
    {
        FrameInfo frame = Headers.Light(
            "DATE-OBS= '2017-12-19T18:33:43.317-0700' / Start date & time, LT",
            "UT-OBS = '2017-12-20T01:33:43.317-0000'",
            "MJD-OBS = 58107.065"
        );
        Assert.Equal(("2017-12-20T01:33:43.317", "UT-OBS"), (frame.Start(), frame.Start!.From));
        Assert.Empty(frame.Warnings);
    }

    [Fact]
    public void Trap_rounded_julian_date_is_used_only_alone_and_said()
    {
        FrameInfo alone = Headers.Light("MJD-OBS = 58107.065");
        Assert.Equal("2017-12-20T01:33:36.000", alone.Start());
        Assert.True(alone.Warns("±43.2 s"));
    }

    [Fact]
    public void Trap_other_clocks()
    {
        Assert.Equal(Instant, Headers.Light("TIMESYS = 'TAI'", "DATE-OBS= '2025-03-14T21:06:09.123'").Start());
        Assert.Equal(Instant, Headers.Light("TIMESYS = 'TT'", "DATE-OBS= '2025-03-14T21:06:41.307'").Start());
        Assert.Equal(Instant, Headers.Light("TIMESYS = 'TT'", "MJD-BEG = 60748.879644757").Start());
        Assert.Equal(Instant, Headers.Light("TIMESYS = 'TT'", $"DATE-OBS= '{Instant}Z'").Start());
        Assert.Equal(Instant, Headers.Light("TIMESYS = 'UTC'", $"DATE-OBS= '{Instant}'").Start());
        FrameInfo local = Headers.Light("TIMESYS = 'LOCAL'", $"DATE-OBS= '{Instant}'");
        Assert.Null(local.Start);
        Assert.True(local.Warns("TIMESYS = 'LOCAL'"));
    }

    [Fact]
    public void Trap_local_date_is_never_used() => Assert.Null(Headers.Light("DATE-LOC= '2025-03-14T22:05:32.123'").Start);

    [Fact]
    public void Trap_a_comment_never_decides_silently()
    {
        FrameInfo frame = Headers.Light($"DATE-OBS= '{Instant}' / UT midpoint of exposure");
        Assert.Equal(Instant, frame.Start());
        Assert.True(frame.Warns("speaks of the middle"));
        FrameInfo local = Headers.Light($"DATE-OBS= '{Instant}' / local time");
        Assert.Equal(Instant, local.Start());
        Assert.True(local.Warns("speaks of local time"));
    }

    [Fact]
    public void A_profile_says_what_the_date_dates()
    {
        TelescopeProfile mid = ProfileReader.Read("name: x\ntime-is: mid", "x.yaml");
        FrameInfo frame = Headers.Light(mid, $"DATE-OBS= '{Instant}'");
        Assert.Equal(("2025-03-14T21:05:02.123", "DATE-OBS-EXPTIME/2"), (frame.Start(), frame.Start!.From));
        TelescopeProfile end = ProfileReader.Read("name: x\ntime-is: end\ntime-scale: tai", "x.yaml");
        Assert.Equal("2025-03-14T21:03:55.123", Headers.Light(end, $"DATE-OBS= '{Instant}'").Start());
    }

    [Theory]
    [InlineData("DATE-OBS= 'yesterday'")]
    [InlineData("DATE-OBS= '2025-02-30T21:05:32'")]
    [InlineData("DATE-OBS= '2025-03-14T25:61:61'")]
    [InlineData("DATE-OBS= '2999-03-14T21:05:32'")]
    [InlineData("DATE-OBS= '03/14/2025'")]
    [InlineData("DATE-OBS= 20250314")]
    [InlineData("DATE-OBS= '2025-03-14'")]
    [InlineData("DATE-OBS= '1970-01-01T00:00:00'")]
    [InlineData("DATE-OBS= '0000-00-00T00:00:00'")]
    [InlineData("JD = 12345.5")]
    [InlineData("COMMENT nothing")]
    public void What_is_no_instant_is_unknown_and_said(string card)
    {
        FrameInfo frame = Headers.Light(card);
        Assert.Null(frame.Start);
        Assert.NotEmpty(frame.Warnings);
    }

    [Fact]
    public void Dates_that_disagree_are_said()
    {
        FrameInfo day = Headers.Light($"DATE-OBS= '{Instant}'", "MJD-OBS = 60749.878844");
        Assert.Equal(Instant, day.Start());
        Assert.True(day.Warns("s later than DATE-OBS"));
        Assert.True(Headers.Light($"DATE-OBS= '{Instant}'", $"DATE-AVG= '{Instant}'").Warns("DATE-AVG-EXPTIME/2"));
        Assert.True(Headers.Light($"DATE-OBS= '{Instant}'", "DATE-END= '2025-03-14T21:05:33.0'").Warns("DATE-END"));
        Assert.True(Headers.Light("MJD-OBS = 2460749.378844").Warns("full Julian date"));
        Assert.Empty(
            Headers
                .Light($"DATE-OBS= '{Instant}'", "MJD-OBS = 60748.8788", "JD = 2460749.3788440", "DATE-AVG= '2025-03-14T21:06:02.123'")
                .Warnings
        );
    }
}
