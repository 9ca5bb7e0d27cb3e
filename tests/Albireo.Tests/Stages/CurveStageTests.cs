using Albireo.Pipeline;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Pipeline.Stars;
using Albireo.Science.LightCurves;
using Albireo.Science.Numerics;
using Albireo.Science.Time;

namespace Albireo.Tests.Stages;

/// <summary>The stage curve on tables whose truth is known: levels, windows, trends, prose's faults, periods.</summary>
public sealed class CurveStageTests
{
    private const ulong Seed = 6;
    internal const double Day = 2459000;

    [Fact]
    public void Each_night_has_a_level_of_its_own_if_asked()
    {
        double[] times = [.. Hours(0, 20), .. Hours(24, 20)];
        FluxTable table = Table(times, t => t < 0.5 ? 1 : 1.1, noise: 0);
        LightCurve whole = Curve(table, new CurveOptions());
        Assert.Equal(2, whole.Nights.Count);
        Assert.Equal(1.1, whole.RelativeFlux[^1] / whole.RelativeFlux[0], 9);
        LightCurve nightly = Curve(table, new CurveOptions { Level = CurveLevel.Night });
        Assert.All(nightly.RelativeFlux, f => Assert.Equal(1, f, 9));
        Assert.Equal(0, whole.PointToPointScatter, 9); // the step between the nights is not scatter
    }

    [Fact]
    public void Windows_and_the_first_point_choose_who_tells_the_level()
    {
        double[] times = Hours(0, 40);
        FluxTable table = Table(times, t => t < 0.06 ? 0.9 : 1, noise: 0);
        double edge = Day + 0.0601;
        Assert.Equal(1, Curve(table, new CurveOptions { Exclude = [Day - 1, edge] }).RelativeFlux[^1], 9);
        LightCurve late = Curve(table, new CurveOptions { LevelFrom = Day + times[^3] + 0.0001 });
        Assert.Equal(1, late.RelativeFlux[^1], 9);
        LightCurve all = Curve(table, new CurveOptions { LevelFrom = Day - 1000 });
        Assert.Equal(Curve(table, new CurveOptions()).RelativeFlux, all.RelativeFlux);
        var e = Assert.Throws<AlbireoException>(() => Curve(table, new CurveOptions { Exclude = [Day - 1, Day + 1] }));
        Assert.Contains("curve.exclude", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_fainter_than_zero_is_a_sentence()
    {
        FluxTable table = Table(Hours(0, 10), _ => -0.2, noise: 0);
        var e = Assert.Throws<AlbireoException>(() => Curve(table, new CurveOptions()));
        Assert.Equal(Failure.NoResult, e.Failure);
        Assert.Contains("fainter than zero", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_in_transit_do_not_bend_the_trend()
    {
        // A box of 2 % and a slope of 1 %: without a mask the parabola follows the box.
        double[] times = Hours(0, 61);
        bool In(double t) => Math.Abs(t - 0.1) < 0.03;
        FluxTable table = Table(times, t => (In(t) ? 0.98 : 1) * (1 + (0.01 * (t - 0.1) / 0.1)), noise: 0);
        var options = new CurveOptions { Detrend = ["time"], DetrendOrder = 2 };
        double[] blind = Curve(table, options).RelativeFlux;
        double[] masked = Curve(table, options with { Exclude = [Day + 0.1 - 0.0301, Day + 0.1 + 0.0301] }).RelativeFlux;
        // The same from the planet's ephemeris and size: T14 = P/π · asin(1.1/a) of a central transit.
        double axis = 1.1 / Math.Sin(Math.PI * 0.0605 / 3);
        double[] predicted = Curve(
            table,
            options,
            new FitOptions
            {
                Period = [3],
                T0 = [Day + 0.1 - 300],
                ARs = [axis],
                RpRs = [0.1],
            }
        ).RelativeFlux;
        for (int i = 0; i < times.Length; i++)
        {
            double truth = In(times[i]) ? 0.98 : 1;
            Assert.Equal(truth, masked[i], 1e-9);
            Assert.Equal(truth, predicted[i], 1e-9);
        }
        Assert.True(Math.Abs(blind[30] - 0.98) > 0.002);
    }

    [Fact]
    public void Exposure_starts_date_a_curve_only_if_asked()
    {
        FluxTable table = Table(Hours(0, 10), _ => 1, noise: 0);
        Assert.Same(table, table.DatedBy(CurveTime.Mid));
        FluxTable started = table.DatedBy(CurveTime.Start);
        Assert.Equal(-30, Since(started.Frames[4].MidUtc!.Value, table.Frames[4].MidUtc!.Value), 5);
        Assert.Equal(-30, Since(started.Frames[4].MidBarycentric!.Value, table.Frames[4].MidBarycentric!.Value), 5);
    }

    [Fact]
    public void The_weights_of_prose_are_one_setting_and_each_fault_another()
    {
        FluxTable table = Table(Hours(0, 60), t => 1 + (0.01 * Math.Sin(100 * t)), noise: 0.003, comparisons: 12);
        table.Flux[table.At(7, 0, 5)] = double.NaN;
        var faulty = new CurveOptions
        {
            Weights = EnsembleWeighting.Prose,
            Metric = CurveMetric.Binned,
            Prose = new ProseOptions
            {
                MissingAsOne = true,
                StopOnSpread = true,
                KeepFirstWorse = true,
                UnscaledErrors = true,
                SharedMask = true,
            },
        };
        LightCurve curve = Curve(table, faulty);
        ProseCurves expected = ProseEnsemble.Run([BuildLightCurve.Fluxes(table, 0)], 0);
        Assert.Equal(expected.Comparisons[0].Order(), curve.Comparisons);
        double median = SeriesStatistics.Median(expected.RelativeFlux[0]);
        for (int i = 0; i < 60; i++)
        {
            Assert.Equal(expected.RelativeFlux[0][i] / median, curve.RelativeFlux[i], 1e-12);
            Assert.Equal(expected.RelativeFluxError[0][i] / median, curve.RelativeFluxError[i], 1e-12);
        }
        LightCurve right = Curve(table, faulty with { Prose = new ProseOptions() });
        Assert.True(double.IsNaN(right.RelativeFlux[7]), "a frame without one of the stars is empty");
        Assert.True(right.RelativeFluxError[0] < curve.RelativeFluxError[0], "errors shrink with the ensemble");
        LightCurve shrunk = Curve(table, faulty with { Prose = faulty.Prose with { UnscaledErrors = false } });
        Assert.Equal(curve.RelativeFlux, shrunk.RelativeFlux);
        Assert.True(shrunk.RelativeFluxError[0] < curve.RelativeFluxError[0]);
        LightCurve fewer = Curve(table, faulty with { Prose = faulty.Prose with { KeepFirstWorse = false } });
        Assert.Equal(Math.Max(1, curve.Comparisons.Count - 1), fewer.Comparisons.Count);
    }

    [Fact]
    public void A_sine_is_found_and_folded()
    {
        const double period = 0.0917;
        double[] times = [.. Hours(0, 90), .. Hours(24, 90), .. Hours(72, 90)];
        FluxTable table = Table(times, t => 1 + (0.02 * Math.Cos(2 * Math.PI * (t - 0.03) / period)), noise: 0.004);
        LightCurve curve = Curve(table, new CurveOptions { PeriodSearch = PeriodSearch.LombScargle });
        FoundPeriod found = curve.Found!;
        Assert.True(Math.Abs(found.BestDays - period) < 4 * found.ErrorDays, FoldFigures.Words(found));
        Assert.InRange(found.ErrorDays, 1e-6, 1e-3);
        Assert.True(found.FalseAlarm < 1e-10);
        Assert.Equal(0.02, found.Sines[0].Amplitude, 4 * found.Sines[0].Error);
        // The fold puts the minimum at phase 0: half a period after the maximum.
        Assert.Equal(found.BestDays, curve.Fold!.PeriodDays);
        double sinceMaximum = (curve.Fold.T0 - Day - 0.03) / period;
        Assert.Equal(0.5, sinceMaximum - Math.Floor(sinceMaximum), 0.03);
        LightCurve twice = Curve(
            table,
            new CurveOptions
            {
                PeriodSearch = PeriodSearch.LombScargle,
                Harmonics = 2,
                Periods = [0.05, 0.2],
            }
        );
        Assert.Equal(2, twice.Found!.Sines.Count);
        Assert.True(twice.Found.Sines[1].Amplitude < 5 * twice.Found.Sines[1].Error);
        Assert.InRange(twice.Found.Periods[0], 0.0499999, 0.0500001);
    }

    [Fact]
    public void A_dip_is_found_with_its_depth()
    {
        const double period = 1.37;
        double[] times = [.. Enumerable.Range(0, 7).SelectMany(n => Hours(24 * n, 100))];
        bool In(double t) => Math.Abs(((t - 0.1) / period) - Math.Round((t - 0.1) / period)) * period < 0.03;
        FluxTable table = Table(times, t => In(t) ? 0.97 : 1, noise: 0.003);
        LightCurve curve = Curve(table, new CurveOptions { PeriodSearch = PeriodSearch.Bls, Periods = [0.9, 2.1] });
        FoundPeriod found = curve.Found!;
        Assert.Equal(period, found.BestDays, 0.01);
        Assert.Equal(0.03, found.Depth, 0.005);
        Assert.InRange(found.DurationDays, 0.03, 0.09);
        double phase = (found.T0 - Day - 0.1) / found.BestDays;
        Assert.Equal(0, phase - Math.Round(phase), 0.02);
    }

    [Theory]
    [InlineData(5, "5 points cannot tell a period")]
    public void Too_few_points_for_a_period_are_a_sentence(int points, string words)
    {
        FluxTable table = Table(Hours(0, points), _ => 1, noise: 0.001);
        var e = Assert.Throws<AlbireoException>(() => Curve(table, new CurveOptions { PeriodSearch = PeriodSearch.LombScargle }));
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_wide_a_search_is_refused_with_its_cost()
    {
        FluxTable table = Table([.. Hours(0, 20), .. Hours(24 * 3000, 20)], _ => 1, noise: 0.001);
        var options = new CurveOptions { PeriodSearch = PeriodSearch.Bls, Periods = [0.01, 100] };
        var e = Assert.Throws<AlbireoException>(() => Curve(table, options));
        Assert.Contains("narrower", e.Message, StringComparison.Ordinal);
    }

    private static double Since(JulianDate late, JulianDate early) => 86400 * (late.Day - early.Day + (late.Fraction - early.Fraction));

    internal static double[] Hours(double from, int count) => [.. Enumerable.Range(0, count).Select(i => (from + (i * 0.08)) / 24)];

    internal static LightCurve Curve(FluxTable table, CurveOptions options, FitOptions? planet = null) =>
        BuildLightCurve.Run(table, new Recipe { Curve = options, Fit = planet ?? new FitOptions() }, RunLog.None)!;

    /// <summary>A target whose light is a function of the day, and constant comparisons, in one aperture; errors as the noise.</summary>
    internal static FluxTable Table(double[] times, Func<double, double> light, double noise, int comparisons = 2)
    {
        var random = new SeededRandom(Seed);
        FrameRow[] rows =
        [
            .. times.Select(
                (t, i) =>
                    new FrameRow
                    {
                        Info = new FrameInfo
                        {
                            Path = $"/night/f{i}.fits",
                            Name = $"f{i}",
                            ExposureSeconds = new Sourced<double>(60, "EXPTIME", "60"),
                        },
                        MidUtc = new JulianDate(Day, t, TimeScale.Utc),
                        MidBarycentric = new JulianDate(Day, t, TimeScale.Tdb),
                        Airmass = 1 + (0.01 * i),
                    }
            ),
        ];
        Star[] stars =
        [
            new(0, 10, 10) { Role = StarRole.Target },
            .. Enumerable.Range(1, comparisons).Select(s => new Star(s, 10 + (20 * s), 10) { Role = StarRole.Comparison }),
        ];
        var table = new FluxTable(rows, stars, [3])
        {
            RadiusUnit = "pixel",
            AnnulusInner = 8,
            AnnulusOuter = 12,
            FluxUnit = "adu",
        };
        for (int i = 0; i < times.Length; i++)
        {
            var fluxes = new FrameFluxes(stars.Length, [3]);
            for (int s = 0; s < stars.Length; s++)
            {
                double level = 1e5 * (1 + (0.1 * s));
                fluxes.Flux[s] = level * (s == 0 ? light(times[i]) : 1) * (1 + (noise * (1 + (0.2 * s)) * random.Normal()));
                fluxes.FluxError[s] = level * Math.Max(noise, 1e-6) * (1 + (0.2 * s));
            }
            table.Put(i, fluxes);
        }
        return table;
    }
}
