using Albireo.Pipeline;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Stages;
using Albireo.Science.Matching;
using Albireo.Science.Time;
using Albireo.Tests.Support;

namespace Albireo.Tests.Cli;

/// <summary>Two nights of one target, five days apart, joined from their tables; the raw frames are gone.</summary>
public sealed class JoinTests : IDisposable
{
    private const double Period = 2.5;
    private readonly ScratchFolder scratch = new();
    private readonly SimulateOptions first = SmallNight.Options with
    {
        TransitDepth = 0.03,
        TransitDuration = 0.5,
        Plan = SmallNight.Options.Plan with { LightFrames = 20, CadenceSeconds = 600, FieldStars = 30, DriftXPerHour = 2 },
    };

    [Fact]
    public void Nights_are_joined_folded_and_fitted_together()
    {
        string one = Reduced("one", first);
        string two = Reduced(
            "two",
            first with
            {
                Plan = first.Plan with { Start = first.Plan.Start.AddSeconds(2 * Period * JulianDate.SecondsPerDay), DriftYPerHour = 1 },
            }
        );
        string both = scratch.At("both");
        AlbireoRun run = AlbireoRun.Of(
            "curve",
            two,
            one,
            "--join",
            "-o",
            both,
            "--quiet",
            "--set",
            "curve.level=night",
            "--set",
            $"curve.period={Period}"
        );
        Assert.True(run.Code == 0, run.ToString());
        CsvTable curve = CsvTable.Read(Path.Combine(both, "lightcurve.csv"));
        Assert.Equal(40, curve.Texts("used").Count(u => u == "true"));
        string folded = File.ReadAllText(Path.Combine(both, "folded.csv"));
        CsvTable table = CsvTable.Read(Path.Combine(both, "folded.csv"));
        Assert.Equal(["2020-05-30", "2020-06-04"], table.Texts("night").Distinct().Order());
        Assert.Equal(2, table.Texts("cycle").Distinct().Count());
        Assert.True(File.Exists(Path.Combine(both, "plots", "folded.svg")));
        // The same frame of both nights falls on the same phase and shows the same light.
        (double[] phase, double[] flux) = (table.Reals("phase"), table.Reals("relative_flux"));
        for (int i = 0; i < 40; i += 2)
        {
            Assert.Equal(phase[i], phase[i + 1], 1e-4);
            Assert.Equal(flux[i], flux[i + 1], 0.02);
        }
        AlbireoRun again = AlbireoRun.Of("curve", "-o", both, "--quiet");
        Assert.True(again.Code == 0, again.ToString());
        Assert.Equal(folded, File.ReadAllText(Path.Combine(both, "folded.csv")));
        Assert.Contains("albireo curve ", File.ReadAllText(Path.Combine(both, "report.html")), StringComparison.Ordinal);

        AlbireoRun fit = AlbireoRun.Of(
            "fit",
            "-o",
            both,
            "--period",
            "2.5,0.001",
            "--a-rs",
            "7,0.5",
            "--u1",
            "0.4",
            "--u2",
            "0.22",
            "--quiet",
            "--set",
            "fit.maximum-steps=400"
        );
        Assert.True(fit.Code == 0, fit.ToString());
        FitFile found = FitFile.Read(both)!;
        Assert.Equal(40, found.Points);
        Assert.True(found["baseline_level_2020-06-04"] is not null && found["baseline_airmass_2020-05-30"] is not null, fit.ToString());
        Assert.Equal(Period, found["period"]!.Value, 0.003);
        Assert.Equal(Math.Sqrt(0.03), found["rp_rs"]!.Value, 0.03);
    }

    [Fact]
    public void Raw_nights_are_joined_by_reduce_and_kept_apart_by_the_curve()
    {
        SimulateOptions few = first with { Plan = first.Plan with { LightFrames = 8 } };
        SimulatedNight one = SmallNight.Simulate(few, scratch.At("n1"));
        SmallNight.Simulate(
            few with
            {
                Plan = few.Plan with { Start = few.Plan.Start.AddSeconds(JulianDate.SecondsPerDay) },
            },
            scratch.At("n2")
        );
        string output = scratch.At("out");
        AlbireoRun run = AlbireoRun.Of([
            "reduce",
            scratch.At("n1"),
            scratch.At("n2"),
            "--join",
            "-o",
            output,
            .. SmallNight.StarOptions(one.Truth),
            "--no-calibrated",
            "--quiet",
            "--set",
            "curve.period=1",
            "--set",
            "curve.level=night",
        ]);
        Assert.True(run.Code == 0, run.ToString());
        CsvTable folded = CsvTable.Read(Path.Combine(output, "folded.csv"));
        Assert.Equal(16, folded.Texts("frame").Distinct().Count());
        Assert.Equal(["2020-05-30", "2020-05-31"], folded.Texts("night").Distinct().Order());
        AlbireoRun wrong = AlbireoRun.Of("curve", scratch.At("n1"), output, "--join", "-o", scratch.At("x"));
        Assert.Equal(2, wrong.Code);
        Assert.Contains("holds no observation.fits", Assert.Single(wrong.Complaints), StringComparison.Ordinal);
        wrong = AlbireoRun.Of("curve", output, output, "--join", "-o", output);
        Assert.Equal(2, wrong.Code);
        Assert.Contains("a folder of their own", Assert.Single(wrong.Complaints), StringComparison.Ordinal);
    }

    [Fact]
    public void Stars_are_found_in_a_turned_field_whatever_their_numbers()
    {
        string output = Reduced("one", first);
        StoredObservation night = ObservationFileReader.Read(Path.Combine(output, "observation.fits"));
        int count = night.Fluxes.Stars.Count;
        var turn = PlaneTransform.FromSimilarity(1, 180, reflected: false, 159, 119);
        int[] order = [.. Enumerable.Range(0, count).Reverse()];
        var other = new FluxTable(
            [
                .. night.Fluxes.Frames.Select(f =>
                    f with
                    {
                        Sha256 = "other" + f.Sha256,
                        MidUtc = f.MidUtc!.Value.AddSeconds(86400),
                        Match = f.Match! with { Transform = turn.Inverse().Then(f.Match!.Transform) },
                    }
                ),
            ],
            [
                .. order.Select(
                    (s, id) =>
                        night.Fluxes.Stars[s] with
                        {
                            Id = id,
                            X = turn.Apply(night.Fluxes.Stars[s].X, night.Fluxes.Stars[s].Y).X,
                            Y = turn.Apply(night.Fluxes.Stars[s].X, night.Fluxes.Stars[s].Y).Y,
                        }
                ),
            ],
            night.Fluxes.Radii
        )
        {
            RadiusUnit = night.Fluxes.RadiusUnit,
            AnnulusInner = night.Fluxes.AnnulusInner,
            AnnulusOuter = night.Fluxes.AnnulusOuter,
            FluxUnit = night.Fluxes.FluxUnit,
        };
        for (int i = 0; i < other.Flux.Length; i++)
        {
            int star = i % count;
            other.Flux[i] = 2 * night.Fluxes.Flux[i - star + order[star]];
        }
        (StoredObservation joined, _) = JoinNights.Of([night with { Path = "b", Fluxes = other }, night]);
        FluxTable table = joined.Fluxes;
        Assert.Equal(2 * night.Fluxes.Frames.Count, table.Frames.Count);
        Assert.Equal(table.Frames.Count, table.Frames.Select(f => f.Info.Name).Distinct().Count());
        for (int f = 0; f < night.Fluxes.Frames.Count; f++)
        {
            FrameRow later = table.Frames[f + night.Fluxes.Frames.Count];
            for (int s = 0; s < count; s++)
            {
                Assert.Equal(2 * table.Flux[table.At(f, 0, s)], table.Flux[table.At(f + night.Fluxes.Frames.Count, 0, s)]);
            }
            // The reference of the first night → frame is the same as before, through the turned reference.
            Assert.Equal(night.Fluxes.Frames[f].Match!.Transform.Apply(20, 30).X, later.Match!.Transform.Apply(20, 30).X, 1e-3);
        }
        Assert.Throws<AlbireoException>(() => JoinNights.Of([night, night with { Path = "copy" }]));
        Assert.Throws<AlbireoException>(() =>
            JoinNights.Of([night, night with { Fluxes = other, Observation = night.Observation with { Filter = "V" } }])
        );
    }

    private string Reduced(string name, SimulateOptions options)
    {
        SimulatedNight night = SmallNight.Simulate(options, scratch.At(name + "-raw"));
        string output = scratch.At(name);
        AlbireoRun run = AlbireoRun.Of([
            "reduce",
            night.Folder,
            "-o",
            output,
            .. SmallNight.StarOptions(night.Truth),
            "--no-calibrated",
            "--quiet",
        ]);
        Assert.True(run.Code == 0, run.ToString());
        Directory.Delete(night.Folder, recursive: true);
        return output;
    }

    public void Dispose() => scratch.Dispose();
}
