using Albireo.Fits;
using Albireo.Pipeline;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Science.LightCurves;
using Albireo.Science.Simulation;
using Albireo.Science.Time;
using Albireo.Science.Transits;
using Albireo.Tests.Support;

namespace Albireo.Tests.Stages;

public sealed class SimulateNightTests : IDisposable
{
    private static readonly SimulateOptions Small = new()
    {
        Plan = new NightPlan
        {
            Seed = 7,
            Width = 96,
            Height = 80,
            BiasFrames = 2,
            DarkFrames = 2,
            FlatFrames = 2,
            LightFrames = 5,
            FlipAtFrame = 3,
        },
    };

    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Same_seed_gives_the_same_bytes_on_any_number_of_threads()
    {
        string one = scratch.At("one");
        string two = scratch.At("two");
        Run(Small, one, threads: 1);
        Run(Small, two, threads: 3);
        string[] names = [.. Directory.GetFiles(one).Select(Path.GetFileName).Order()!];
        Assert.Equal(12, names.Length);
        Assert.Equal<IEnumerable<string?>>(names, Directory.GetFiles(two).Select(Path.GetFileName).Order());
        foreach (string name in names)
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(one, name)), File.ReadAllBytes(Path.Combine(two, name)));
        }
    }

    [Fact]
    public void Headers_and_truth_agree()
    {
        string night = scratch.At("night");
        Run(Small, night);
        SimulationTruth truth = SimulateNight.ReadTruth(night);
        Assert.Equal("target", truth.Stars[0].Name);
        foreach (FileTruth frame in truth.Frames)
        {
            using FitsFile file = FitsFile.Open(Path.Combine(night, frame.Name));
            FitsImage image = file.FirstImage();
            Assert.Equal((96, 80), (image.Width, image.Height));
            Assert.Equal(frame.StartUtc, image.Header.Text("DATE-OBS"));
            Assert.Equal(frame.ExposureS, image.Header.Real("EXPTIME"));
            Assert.Equal(1.4, image.Header.Real("EGAIN"));
            if (frame.Kind == "light")
            {
                Assert.Equal("Light Frame", image.Header.Text("IMAGETYP"));
                Assert.Equal("SIM-1", image.Header.Text("OBJECT"));
                Assert.Equal("14 42 00.00", image.Header.Text("OBJCTRA"));
                Assert.Equal("+35 15 00.0", image.Header.Text("OBJCTDEC"));
                Assert.Equal("-110 52 48", image.Header.Text("SITELONG"));
                Assert.True(JulianDate.TryParseIso(frame.StartUtc, out JulianDate start, out _));
                Assert.Equal(frame.JdUtcMid!.Value, start.AddSeconds(30).Value, 1e-8);
                Assert.Equal(truth.Stars.Count, frame.X!.Count);
            }
        }
        Assert.Equal([0, 0, 0, 180, 180], truth.Frames.Where(f => f.Kind == "light").Select(f => f.RotationDegrees!.Value));
    }

    [Fact]
    public void An_earlier_simulation_is_replaced_whole_but_nothing_else_is()
    {
        string night = scratch.At("night");
        Run(Small, night);
        Run(Small with { Plan = Small.Plan with { LightFrames = 2 } }, night);
        Assert.Equal(9, Directory.GetFiles(night).Length);

        File.WriteAllText(Path.Combine(night, "notes.txt"), "mine");
        AlbireoException refused = Assert.Throws<AlbireoException>(() => Run(Small, night));
        Assert.Contains("notes.txt", refused.Message);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(night, "notes.txt")));
    }

    [Fact]
    public void A_disorganised_folder_holds_the_same_frames_and_is_replaced_whole()
    {
        string tidy = scratch.At("tidy");
        string strewn = scratch.At("strewn");
        Run(Small, tidy);
        Run(Small with { IsDisorganised = true }, strewn);
        string[] files = [.. Directory.GetFiles(strewn, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".json"))];
        Assert.Equal(11, files.Length);
        Assert.Contains(files, f => Path.GetDirectoryName(f) != strewn);
        Assert.Contains(files, f => !f.EndsWith(".fits"));
        SimulationTruth truth = SimulateNight.ReadTruth(strewn);
        foreach ((FileTruth there, FileTruth here) in truth.Frames.Zip(SimulateNight.ReadTruth(tidy).Frames))
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(tidy, here.Name)), File.ReadAllBytes(Path.Combine(strewn, there.Name)));
        }
        Run(Small, strewn);
        Assert.Equal(12, Directory.GetFileSystemEntries(strewn).Length);
    }

    [Fact]
    public void The_transit_lies_in_the_lights()
    {
        SimulateOptions options = Small with { Plan = Small.Plan with { LightFrames = 41 } };
        TransitParameters planet = options.Planet()!;
        double span = ((180 * 40) + 60) / 86400.0;
        Assert.Equal(0.015, planet.Depth, 1e-12);
        Assert.Equal(0.45 * span, planet.DurationDays, 1e-12);
        var simulator = new NightSimulator(options.Plan, options.TargetFlux());
        double[] factors = [.. Enumerable.Range(0, 41).Select(i => simulator.Describe(i).StarFactors[0])];
        Assert.Equal(1, factors[0]);
        Assert.Equal(1, factors[40]);
        Assert.InRange(factors[20], 1 - 0.015, 1 - 0.01499);
        Assert.All(Enumerable.Range(0, 41), i => Assert.Equal(factors[i], factors[40 - i], 1e-8));
        Assert.Null((options with { TransitDepth = 0 }).Planet());
        Assert.Equal(1, (options with { TransitDepth = 0 }).TargetFlux()(planet.MidTransitDays));
    }

    private static void Run(SimulateOptions options, string folder, int threads = 2) =>
        SimulateNight.Run(
            options,
            folder,
            ResourceLimits.Default with
            {
                Threads = threads,
            },
            IRunObserver.None,
            TestContext.Current.CancellationToken
        );

    [Fact]
    public void A_series_with_systematics_is_detrended_to_its_truth()
    {
        using var scratch = new ScratchFolder();
        AlbireoRun run = AlbireoRun.Of("simulate", scratch.At("a"), "--series", "--seed", "9", "--lights", "200", "--depth", "0.02");
        Assert.True(run.Code == 0, run.ToString());
        CsvTable table = CsvTable.Read(scratch.At("a", "series.csv"));
        (double[] flux, double[] truth, double[] trend) = (table.Reals("relative_flux"), table.Reals("truth"), table.Reals("trend"));
        Assert.Equal(200, flux.Length);
        double[] rest = [.. flux.Select((f, i) => f - (truth[i] * trend[i]))];
        Assert.Equal(0.002, SeriesStatistics.StandardDeviation(rest), 0.0005); // white noise is all that is left
        Assert.Contains("\"depth\": 0.02", File.ReadAllText(scratch.At("a", "truth.json")), StringComparison.Ordinal);
        AlbireoRun.Of("simulate", scratch.At("b"), "--series", "--seed", "9", "--lights", "200", "--depth", "0.02");
        Assert.Equal(File.ReadAllText(scratch.At("a", "series.csv")), File.ReadAllText(scratch.At("b", "series.csv")));
        Assert.Equal(2, AlbireoRun.Of("simulate", scratch.At("c"), "--series", "--red-noise", "-1").Code);
        File.WriteAllText(scratch.At("a", "mine.txt"), "");
        Assert.Contains("mine.txt", AlbireoRun.Of("simulate", scratch.At("a"), "--series").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tutorial_of_prose_is_a_night_of_its_own()
    {
        using var scratch = new ScratchFolder();
        AlbireoRun wrong = AlbireoRun.Of("simulate", scratch.At("x"), "--like", "nobody");
        Assert.Equal(2, wrong.Code);
        Assert.Contains("--like nobody", Assert.Single(wrong.Complaints), StringComparison.Ordinal);
        SimulateOptions options = SimulateOptions.ProseTutorial(4);
        Func<double, double> light = options.TargetFlux();
        Assert.Equal(1.01, light(2450000 + (0.25 * options.SinePeriodDays)), 1e-9);
        Assert.Equal(0.99, light(2450000 + (0.75 * options.SinePeriodDays)), 1e-9);
        Assert.Equal(100, options.Plan.LightFrames);
    }
}
