using Albireo.Science.Time;
using Albireo.Tests.Support;

namespace Albireo.Tests.Time;

public sealed class JulianDateTests
{
    [Theory]
    [InlineData("2017-12-20T01:33:43.317", 2458107.5, 5623.317)]
    [InlineData("2017-12-20 01:33:43.317", 2458107.5, 5623.317)]
    [InlineData("2017-12-20T01:33:43.317Z", 2458107.5, 5623.317)]
    [InlineData("2017-12-20T01:33:43.317 UTC", 2458107.5, 5623.317)]
    [InlineData("2017-12-19T18:33:43.317-0700", 2458107.5, 5623.317)]
    [InlineData("2017-12-19T18:33:43.317 -07:00", 2458107.5, 5623.317)]
    [InlineData("2017-12-20T07:03:43.317+05:30", 2458107.5, 5623.317)]
    [InlineData("2017-12-20T01:33:43.317-0000", 2458107.5, 5623.317)]
    [InlineData("2017/12/20 01:33:43.317", 2458107.5, 5623.317)]
    [InlineData("  2017-12-20T01:33:43.317  ", 2458107.5, 5623.317)]
    [InlineData("2017-12-20T00:00:00", 2458107.5, 0)]
    [InlineData("2017-12-20T00:00:00.", 2458107.5, 0)]
    [InlineData("2017-12-20T01:02", 2458107.5, 3720)]
    [InlineData("2016-02-29T23:59:59.9999999", 2457447.5, 86399.9999999)]
    [InlineData("2016-12-31T23:59:60.5", 2457753.5, 86400.5)]
    [InlineData("2017-01-01T01:59:60.5+0200", 2457753.5, 86400.5)]
    [InlineData("2016-12-31T18:59:60.5-05", 2457753.5, 86400.5)]
    public void Reads_what_cameras_write(string text, double day, double seconds)
    {
        Assert.True(JulianDate.TryParseIso(text, out JulianDate utc, out string? why), why);
        Assert.Null(why);
        Assert.Equal(day, utc.Day);
        Assert.Equal(seconds / 86400, utc.Fraction);
        Assert.Equal(TimeScale.Utc, utc.Scale);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("2017-12-20")]
    [InlineData("20/12/17")]
    [InlineData("yesterday")]
    [InlineData("2017-13-20T01:33:43")]
    [InlineData("2017-02-29T01:33:43")]
    [InlineData("2017-12-20T24:00:00")]
    [InlineData("2017-12-20T01:60:00")]
    [InlineData("2017-12-20T01:33:60.5")]
    [InlineData("2016-12-31T23:59:61")]
    [InlineData("2017-12-20T01:33:43.317+9900")]
    [InlineData("2017-12-20T01:33:43.317-07:99")]
    [InlineData("20171220T013343")]
    [InlineData("0000-00-00T00:00:00")]
    [InlineData("12/20/2017 01:33:43")]
    public void Refuses_what_is_not_an_instant_and_says_why(string text)
    {
        Assert.False(JulianDate.TryParseIso(text, out JulianDate utc, out string? why));
        Assert.True(double.IsNaN(utc.Value));
        Assert.False(string.IsNullOrWhiteSpace(why));
    }

    [Fact]
    public void Two_digit_years_are_of_the_stated_century_and_said_so()
    {
        Assert.True(JulianDate.TryParseIso("09/12/99 05:06:07", out JulianDate utc, out string? why));
        Assert.Equal("1999-12-09T05:06:07.000", utc.ToIso());
        Assert.Contains("1999", why, StringComparison.Ordinal);
        Assert.True(JulianDate.TryParseIso("09/12/00 05:06:07", 2000, out utc, out why));
        Assert.Equal("2000-12-09T05:06:07.000", utc.ToIso());
        Assert.Contains("2000", why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rounded_second_60_is_the_next_minute_and_said_so()
    {
        Assert.True(JulianDate.TryParseIso("2017-12-20T23:59:60.000", out JulianDate utc, out string? why));
        Assert.Equal("2017-12-21T00:00:00.000", utc.ToIso());
        Assert.NotNull(why);
    }

    [Fact]
    public void Text_and_date_go_round()
    {
        var random = new Science.Numerics.SeededRandom(7);
        for (int i = 0; i < 500; i++)
        {
            var date = new JulianDate(2415020.5 + random.Below(60000), random.Below(86400000) / 86400000.0, TimeScale.Utc);
            Assert.True(JulianDate.TryParseIso(date.ToIso(), out JulianDate back, out string? why), $"{date} {why} (seed 7, case {i})");
            Assert.Equal(date.Day, back.Day);
            Assert.Equal(date.Fraction, back.Fraction, 1e-14);
        }
    }

    [Fact]
    public void Rounding_carries_into_the_next_day_but_not_over_a_leap_second()
    {
        JulianDate ordinary = JulianDate.FromCalendar(2015, 12, 31, 23, 59, 59.9996, TimeScale.Utc);
        Assert.Equal("2016-01-01T00:00:00.000", ordinary.ToIso());
        Assert.Equal("2015-12-31T23:59:59.9996", ordinary.ToIso(4));
        JulianDate leap = JulianDate.FromCalendar(2016, 12, 31, 23, 59, 59.9996, TimeScale.Utc);
        Assert.Equal("2016-12-31T23:59:60.000", leap.ToIso());
        Assert.Equal("2016-12-31T23:59:60", leap.ToIso(0));
        Assert.Equal("2017-01-01T00:00:00.500", leap.AddSeconds(1.5004).ToIso());
    }

    [Fact]
    public void Mid_exposure_is_right_across_a_leap_second()
    {
        JulianDate start = JulianDate.FromCalendar(2016, 12, 31, 23, 59, 50, TimeScale.Utc);
        JulianDate middle = start.AddSeconds(30);
        Assert.Equal("2017-01-01T00:00:19.000", middle.ToIso());
        Assert.Equal(30, middle.To(TimeScale.Tai).DaysSince(start.To(TimeScale.Tai)) * 86400, 1e-9);
    }

    [Fact]
    public void Decimal_text_loses_nothing()
    {
        var date = new JulianDate(2458107.5, 0.065431909722, TimeScale.Utc);
        Assert.Equal("2458107.565431909722", date.ToDecimal(12));
        Assert.Equal("2458107.565431910", date.ToDecimal(9));
        Assert.Equal("2458107.50000000000001", new JulianDate(2458108, -0.49999999999999, TimeScale.Utc).ToDecimal(14));
        Assert.Equal("", new JulianDate(double.NaN, 0, TimeScale.Utc).ToDecimal(9));
    }

    [Fact]
    public void Scales_agree_with_astropy()
    {
        foreach (var row in Reference.Rows("time_scales.csv"))
        {
            Assert.True(JulianDate.TryParseIso(row.Text("iso_utc"), out JulianDate utc, out string? why), why);
            Assert.Equal(row["day"], utc.Day);
            Assert.Equal(row["utc_seconds"], utc.Fraction * 86400, 1e-9);
            double tai = utc.To(TimeScale.Tai).DaysSince(new JulianDate(row["day"], 0, TimeScale.Tai)) * 86400;
            Assert.Equal(row["utc_seconds"] + row["tai_minus_utc"], tai, 1e-9);
            JulianDate tt = utc.To(TimeScale.Tt);
            Assert.Equal(32.184, (tt.Fraction - utc.To(TimeScale.Tai).Fraction) * 86400, 1e-9);
            Assert.Equal(row["tdb_minus_tt"], tt.TdbMinusTt(), 0.5e-6);
            Assert.Equal(row["tdb_minus_tt"], (utc.To(TimeScale.Tdb).Fraction - tt.Fraction) * 86400, 1e-6);
            Assert.Equal(row["gmst_radians"], SiderealTime.Greenwich(utc), 2e-9);
        }
    }

    [Fact]
    public void Every_scale_converts_back()
    {
        foreach (var row in Reference.Rows("time_scales.csv"))
        {
            _ = JulianDate.TryParseIso(row.Text("iso_utc"), out JulianDate utc, out _);
            foreach (TimeScale scale in Enum.GetValues<TimeScale>())
            {
                JulianDate back = utc.To(scale).To(TimeScale.Utc).Normalised();
                Assert.Equal(utc.Day, back.Day);
                Assert.Equal(utc.Fraction, back.Fraction, 1e-13);
            }
        }
    }

    [Fact]
    public void Different_scales_are_not_subtracted() =>
        Assert.Throws<ArgumentException>(() =>
            new JulianDate(2451545, 0, TimeScale.Utc).DaysSince(new JulianDate(2451545, 0, TimeScale.Tt))
        );

    [Fact]
    public void Doubtful_dates_are_said_to_be()
    {
        Assert.Null(LeapSeconds.Doubt(JulianDate.FromCalendar(2017, 12, 20, 0, 0, 0, TimeScale.Utc)));
        JulianDate old = JulianDate.FromCalendar(1950, 1, 1, 0, 0, 0, TimeScale.Utc);
        Assert.Contains("1972", LeapSeconds.Doubt(old), StringComparison.Ordinal);
        Assert.True(double.IsNaN(old.To(TimeScale.Tdb).Value));
        JulianDate late = JulianDate.FromCalendar(2040, 1, 1, 0, 0, 0, TimeScale.Utc);
        Assert.Contains("2026-06-28", LeapSeconds.Doubt(late), StringComparison.Ordinal);
        Assert.Equal(37, LeapSeconds.TaiMinusUtc(late.Day));
    }

    [Fact]
    public void Impossible_dates_throw() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => JulianDate.FromCalendar(2017, 2, 29, 0, 0, 0, TimeScale.Utc));
}
