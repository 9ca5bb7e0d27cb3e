using System.Globalization;
using Albireo.Science.Sky;
using Albireo.Science.Time;
using Albireo.Tests.Support;

namespace Albireo.Tests.Sky;

public sealed class BarycentricTimeTests
{
    private static readonly SkyCoordinate Hatp32 = new((2 + (4 / 60.0) + (10.278 / 3600)) * 15, 46 + (41 / 60.0) + (16.2 / 3600));
    private static readonly Site Whipple = new(31.68, -110.88, 2344);

    [Fact]
    public void Five_hundred_dates_sites_and_targets_agree_with_astropy()
    {
        double worst = 0;
        foreach (var row in Reference.Rows("barycentric.csv"))
        {
            var utc = new JulianDate(row["day"], row["seconds"] / 86400, TimeScale.Utc);
            var star = new SkyCoordinate(row["ra"], row["dec"]);
            var site = new Site(row["latitude"], row["longitude"], row["height"]);
            JulianDate bjd = BarycentricTime.Bjd(utc, star, site);
            Assert.Equal(TimeScale.Tdb, bjd.Scale);
            double seconds = ((bjd.Day - utc.Day) + (bjd.Fraction - utc.Fraction)) * 86400;
            worst = Math.Max(worst, Math.Abs(seconds - row["bjd_tdb_minus_jd_utc_s"]));
            Assert.Equal(row["bjd_tdb_minus_jd_utc_s"], seconds, 0.2e-3);
            double helio = BarycentricTime.Hjd(utc, star, site).DaysSince(utc) * 86400;
            Assert.Equal(row["hjd_utc_minus_jd_utc_s"], helio, 0.2e-3);
        }
        Assert.True(worst > 1e-9, "the series is shortened: it cannot agree to the bit");
    }

    [Fact]
    public void Every_frame_of_hatp32_agrees_with_astropy_within_a_millisecond()
    {
        string[] lines = File.ReadAllLines(Repository.Shared("hatp32", "times.csv"));
        int count = 0;
        foreach (string[] cells in lines.Skip(2).Select(l => l.Split(',')))
        {
            double jd = double.Parse(cells[1], CultureInfo.InvariantCulture);
            var utc = new JulianDate(2458107.5, jd - 2458107.5, TimeScale.Utc);
            double expected = double.Parse(cells[2], CultureInfo.InvariantCulture) - 2458107.5;
            // A double near 2.4 million days is good to 40 µs.
            Assert.Equal(expected, BarycentricTime.Bjd(utc, Hatp32, Whipple).Fraction, 0.3e-3 / 86400);
            count++;
        }
        Assert.Equal(142, count);
    }

    [Fact]
    public void The_place_on_the_Earth_matters_by_at_most_21_ms()
    {
        double most = 0;
        for (int hour = 0; hour < 24; hour++)
        {
            var utc = new JulianDate(2458107.5, hour / 24.0, TimeScale.Utc);
            var star = new SkyCoordinate(50, 0);
            var site = new Site(0, 0, 0);
            double difference = BarycentricTime.Bjd(utc, star, site).DaysSince(BarycentricTime.Bjd(utc, star, null)) * 86400;
            Assert.Equal(BarycentricTime.ObserverSeconds(utc, star, site), difference, 1e-9);
            most = Math.Max(most, difference);
        }
        Assert.InRange(most, 0.0208, 0.02128);
    }

    [Fact]
    public void An_audit_accounts_for_every_second()
    {
        Assert.True(JulianDate.TryParseIso("2017-12-20T01:33:43.317", out JulianDate start, out _));
        TimeAudit audit = TimeAudit.Of("UT-OBS", "2017-12-20T01:33:43.317", start, 60, Hatp32, Whipple);
        Assert.Equal(
            ["UTC start", "UTC mid-exposure", "TAI", "TT", "TDB", "BJD_TDB at the geocentre", "BJD_TDB"],
            audit.Steps.Select(s => s.Name)
        );
        Assert.Equal("2017-12-20T01:34:13.317", audit.MidUtc.ToIso());
        Assert.Equal(30, audit.Steps[1].Seconds);
        Assert.Equal(37, audit.Steps[2].Seconds);
        for (int i = 1; i < audit.Steps.Count; i++)
        {
            double moved =
                (
                    (audit.Steps[i].Instant.Day - audit.Steps[i - 1].Instant.Day)
                    + (audit.Steps[i].Instant.Fraction - audit.Steps[i - 1].Instant.Fraction)
                ) * 86400;
            Assert.Equal(moved, audit.Steps[i].Seconds, 1e-8);
        }
        Assert.Equal(audit.Bjd, audit.Steps[^1].Instant);
        Assert.Equal("2458107.569857550", audit.Bjd!.Value.ToDecimal(9));
        Assert.Empty(audit.Doubts);
    }

    [Fact]
    public void What_an_audit_lacks_is_said()
    {
        JulianDate start = JulianDate.FromCalendar(2039, 1, 1, 0, 0, 0, TimeScale.Utc);
        Assert.Equal(2, TimeAudit.Of("DATE-OBS", "2039-01-01T00:00:00", start, 10, null, Whipple).Doubts.Count);
        TimeAudit noSite = TimeAudit.Of("DATE-OBS", "2039-01-01T00:00:00", start, 10, Hatp32, null);
        Assert.Contains(noSite.Doubts, d => d.Contains("21 ms", StringComparison.Ordinal));
        Assert.NotNull(noSite.Bjd);
        TimeAudit old = TimeAudit.Of("DATE-OBS", "1900", JulianDate.FromCalendar(1900, 1, 1, 0, 0, 0, TimeScale.Utc), 10, Hatp32, Whipple);
        Assert.True(double.IsNaN(old.Bjd!.Value.Value));
        Assert.Contains(old.Doubts, d => d.Contains("1972", StringComparison.Ordinal));
    }
}
