using Albireo.Pipeline;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Stages;
using Albireo.Science.Photometry;
using Albireo.Science.Sky;
using Albireo.Science.Time;

namespace Albireo.Tests.Stages;

/// <summary>What can be wrong with a curve: a sentence or a flagged result each.</summary>
public sealed class CurveBadInputTests
{
    private static readonly FitOptions Planet = new()
    {
        Period = [2.15],
        ARs = [6.05],
        Inclination = [88.9],
        U1 = [0.35],
        U2 = [0.28],
    };

    [Fact]
    public void No_sky_position()
    {
        FluxTable table = CurveStageTests.Table(CurveStageTests.Hours(0, 20), _ => 1, 0.001);
        table = table.With([.. table.Frames.Select(f => f.SeenFrom(null, null))], table.Stars, null, null);
        LightCurve curve = CurveStageTests.Curve(table, new CurveOptions());
        Assert.Equal(20, curve.Used.Count(u => u)); // the curve is there, in JD_UTC
        var e = Assert.Throws<AlbireoException>(() => FitTransit.Run(table, curve, Planet));
        Assert.Equal(Failure.Usage, e.Failure);
        Assert.Contains("--sky", e.Message, StringComparison.Ordinal);
        TimeAudit audit = TimeAudit.Of("DATE-OBS", "2020-05-31", table.Frames[0].MidUtc!.Value, 60, null, null);
        Assert.Contains("there is no BJD_TDB", Assert.Single(audit.Doubts), StringComparison.Ordinal);
    }

    [Fact]
    public void No_site()
    {
        TimeAudit audit = TimeAudit.Of(
            "DATE-OBS",
            "2020-05-31",
            new JulianDate(2459000.5, 0.1, TimeScale.Utc),
            60,
            new SkyCoordinate(31, 46),
            null
        );
        Assert.Contains("21 ms", Assert.Single(audit.Doubts), StringComparison.Ordinal);
        Assert.NotNull(audit.Bjd);
    }

    [Fact]
    public void Expired_leap_seconds()
    {
        TimeAudit audit = TimeAudit.Of(
            "DATE-OBS",
            "2030-05-31",
            JulianDate.FromCalendar(2030, 5, 31, 4, 0, 0, TimeScale.Utc),
            60,
            new SkyCoordinate(31, 46),
            new Site(31, -110, 2000)
        );
        Assert.Contains("leap seconds", Assert.Single(audit.Doubts), StringComparison.Ordinal);
        Assert.NotNull(audit.Bjd);
    }

    [Fact]
    public void Two_frames_of_one_instant_and_times_that_run_backwards()
    {
        double[] times = CurveStageTests.Hours(0, 60);
        double[] odd = [.. times.Select((_, i) => times[times.Length - 1 - i])];
        odd[7] = odd[8];
        FluxTable table = CurveStageTests.Table(odd, t => Math.Abs(t - 0.1) < 0.04 ? 0.98 : 1, 0.002);
        string[] doubts = [.. TimeDoubts.Of(table.Frames)];
        Assert.Equal(2, doubts.Length);
        Assert.Contains("are of one instant, 2020-05-30T16:04:48", doubts[0], StringComparison.Ordinal);
        Assert.Contains("--set curve.exclude-frames=f", doubts[0], StringComparison.Ordinal);
        Assert.Contains("f1 is earlier than f0", doubts[1], StringComparison.Ordinal);
        Assert.Empty(TimeDoubts.Of(CurveStageTests.Table(times, _ => 1, 0.002).Frames));
        LightCurve curve = CurveStageTests.Curve(table, new CurveOptions());
        Assert.Equal(60, curve.Used.Count(u => u));
        Assert.Single(curve.Nights);
        TransitOutcome fit = FitTransit.Run(table, curve, Planet with { MaximumSteps = 60 });
        Assert.Equal(60, fit.Result.Points);
        Assert.Equal(fit.Times.Order(), fit.Times);
    }

    [Fact]
    public void All_comparisons_banned()
    {
        FluxTable table = CurveStageTests.Table(CurveStageTests.Hours(0, 20), _ => 1, 0.001);
        var e = Assert.Throws<AlbireoException>(() => CurveStageTests.Curve(table, new CurveOptions { Ban = [1, 2] }));
        Assert.Equal(Failure.NoResult, e.Failure);
        Assert.Contains("banned", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EnsembleWeighting.Sum)]
    [InlineData(EnsembleWeighting.Broeg)]
    [InlineData(EnsembleWeighting.Prose)]
    public void One_aperture_only(EnsembleWeighting weights)
    {
        FluxTable table = CurveStageTests.Table(CurveStageTests.Hours(0, 30), _ => 1, 0.001);
        foreach (CurveMetric metric in Enum.GetValues<CurveMetric>())
        {
            LightCurve curve = CurveStageTests.Curve(table, new CurveOptions { Weights = weights, Metric = metric });
            Assert.Equal(0, curve.Aperture);
            Assert.Equal(30, curve.Used.Count(u => u));
        }
    }

    [Fact]
    public void Five_points()
    {
        FluxTable table = CurveStageTests.Table(CurveStageTests.Hours(0, 5), _ => 1, 0.001);
        LightCurve curve = CurveStageTests.Curve(table, new CurveOptions());
        Assert.Equal(5, curve.Used.Count(u => u));
        Assert.DoesNotContain(curve.Flags, f => (f & FluxQuality.Outlier) != FluxQuality.None);
        var e = Assert.Throws<AlbireoException>(() => FitTransit.Run(table, curve, new FitOptions { Period = [2.15] }));
        Assert.Contains("5 points cannot determine", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fit_that_does_not_converge()
    {
        FluxTable table = CurveStageTests.Table(CurveStageTests.Hours(0, 60), t => Math.Abs(t - 0.1) < 0.04 ? 0.98 : 1, 0.002);
        LightCurve curve = CurveStageTests.Curve(table, new CurveOptions());
        TransitOutcome fit = FitTransit.Run(table, curve, Planet with { MaximumSteps = 40 });
        Assert.False(fit.Result.Converged);
        Assert.Contains(fit.Doubts, d => d.Contains("gave up after 40 steps", StringComparison.Ordinal));
    }

    [Fact]
    public void An_ephemeris_of_another_century()
    {
        FluxTable table = CurveStageTests.Table(CurveStageTests.Hours(0, 60), t => Math.Abs(t - 0.1) < 0.04 ? 0.98 : 1, 0.002);
        LightCurve curve = CurveStageTests.Curve(table, new CurveOptions());
        TransitOutcome fit = FitTransit.Run(
            table,
            curve,
            Planet with
            {
                Period = [2.15, 0.001],
                T0 = [2415020.5, 0.01],
                MaximumSteps = 60,
            }
        );
        Assert.Contains("cannot tell", fit.MidTransitPrior, StringComparison.Ordinal);
        Assert.Contains("too old or too uncertain", fit.Ephemeris!.Doubt!, StringComparison.Ordinal);
        Assert.Equal(0.1, fit.Result["tc"].Value + fit.Day - CurveStageTests.Day, 0.02);
    }
}
