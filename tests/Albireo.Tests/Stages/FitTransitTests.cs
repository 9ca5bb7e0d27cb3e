using Albireo.Pipeline;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Pipeline.Stars;
using Albireo.Science.Numerics;
using Albireo.Science.Time;
using Albireo.Science.Transits;
using Albireo.Tests.Support;

namespace Albireo.Tests.Stages;

public sealed class FitTransitTests
{
    private const ulong Seed = 20171220;
    private const double Day = 2458107;

    private static readonly TransitParameters Planet = new()
    {
        PeriodDays = 2.15,
        MidTransitDays = 0.71,
        RadiusRatio = 0.15,
        ScaledSemiMajorAxis = 6.05,
        InclinationDegrees = 88.9,
        LimbDarkening = new LimbDarkening(0.35, 0.28),
    };

    private static readonly FitOptions Known = new()
    {
        Period = [2.15],
        ARs = [6.05],
        Inclination = [88.9],
        U1 = [0.35],
        U2 = [0.28],
    };

    [Fact]
    public void An_injected_transit_comes_back_and_is_kept()
    {
        using var folder = new ScratchFolder();
        FluxTable table = Night(120, 0.002);
        LightCurve curve = BuildLightCurve.Run(table, new Recipe(), RunLog.None)!;
        LightCurveCsv.Write(folder.At("lightcurve.csv"), table, curve);
        TransitOutcome outcome = FitTransit.Run(table, curve, Known);
        FitFile.Write(folder.Path, table, curve, outcome);
        FitFile fit = FitFile.Read(folder.Path)!;
        FittedValue middle = fit["tc"]!;
        FittedValue ratio = fit["rp_rs"]!;
        Assert.True(Math.Abs(middle.Value - (Day + 0.71)) < 4 * middle.Error, $"tc {middle}, seed {Seed}");
        Assert.InRange(middle.Error, 1e-5, 1e-3);
        Assert.True(Math.Abs(ratio.Value - 0.15) < 4 * ratio.Error, $"rp_rs {ratio}, seed {Seed}");
        Assert.True(fit.Converged);
        Assert.True(fit.BicNoTransit > fit.Bic + 10);
        Assert.InRange(fit.ResidualScatter, 0.0015, 0.0025);
        Assert.Equal(120, fit.Points);
        Assert.Equal("held", fit["period"]!.Prior);
        Assert.Equal(120, fit.Frames.Count);
        File.AppendAllText(folder.At("lightcurve.csv"), "another curve\n");
        Assert.Null(FitFile.Read(folder.Path));
    }

    [Fact]
    public void An_ephemeris_is_carried_to_this_night()
    {
        FluxTable table = Night(120, 0.002);
        LightCurve curve = BuildLightCurve.Run(table, new Recipe(), RunLog.None)!;
        // 300 orbits earlier, and ten minutes late.
        double t0 = Day + 0.71 + (10.0 / 1440) - (300 * 2.15);
        TransitOutcome free = FitTransit.Run(table, curve, Known with { T0 = [t0, 0.0001], TcWindow = 30 });
        Assert.Equal(300, free.Ephemeris!.Epoch);
        Assert.InRange(free.Ephemeris.Minutes, -10 - 4, -10 + 4);
        TransitOutcome held = FitTransit.Run(table, curve, Known with { T0 = [t0] });
        Assert.Equal(0.71 + (10.0 / 1440), held.Result["tc"].Value, 6);
    }

    [Fact]
    public void Without_barycentric_times_or_period_it_says_what_to_give()
    {
        FluxTable table = Night(20, 0.002);
        LightCurve curve = BuildLightCurve.Run(table, new Recipe(), RunLog.None)!;
        var e = Assert.Throws<AlbireoException>(() => FitTransit.Run(table, curve, new FitOptions()));
        Assert.Contains("--period", e.Message, StringComparison.Ordinal);
        FluxTable noSky = table.With([.. table.Frames.Select(f => f with { MidBarycentric = null })], table.Stars, null, null);
        e = Assert.Throws<AlbireoException>(() => FitTransit.Run(noSky, curve, Known));
        Assert.Contains("--sky", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_points_are_no_fit()
    {
        FluxTable table = Night(5, 0.002);
        LightCurve curve = BuildLightCurve.Run(table, new Recipe(), RunLog.None)!;
        var e = Assert.Throws<AlbireoException>(() => FitTransit.Run(table, curve, new FitOptions { Period = [2.15] }));
        Assert.Equal(Failure.NoResult, e.Failure);
    }

    /// <summary>A target with a transit, two comparisons, all with white noise, at airmasses that rise.</summary>
    private static FluxTable Night(int frames, double noise)
    {
        var random = new SeededRandom(Seed);
        double[] times = [.. Enumerable.Range(0, frames).Select(i => 0.57 + (0.26 * i / Math.Max(1, frames - 1)))];
        double[] model = new double[frames];
        TransitModel.Flux(Planet, times, model);
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
                        AirmassFrom = "computed",
                    }
            ),
        ];
        Star[] stars =
        [
            new(0, 10, 10) { Role = StarRole.Target },
            new(1, 30, 10) { Role = StarRole.Comparison },
            new(2, 10, 30) { Role = StarRole.Comparison },
        ];
        var table = new FluxTable(rows, stars, [3])
        {
            RadiusUnit = "pixel",
            AnnulusInner = 8,
            AnnulusOuter = 12,
            FluxUnit = "adu",
        };
        for (int i = 0; i < frames; i++)
        {
            var fluxes = new FrameFluxes(3, [3]);
            for (int s = 0; s < 3; s++)
            {
                fluxes.Flux[s] = 1e5 * (s == 0 ? model[i] * (1 + (noise * random.Normal())) : 1);
                fluxes.FluxError[s] = double.NaN;
            }
            table.Put(i, fluxes);
        }
        return table;
    }
}
