using Albireo.Pipeline;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Tests.Support;

namespace Albireo.Tests.Stages;

/// <summary>A second run takes the masters that lie in OUT, and makes anew just what depends on a change.</summary>
public sealed class MasterReuseTests : IDisposable
{
    private static readonly string[] All = ["bias", "dark_10s", "flat_R", "flat_V"];
    private readonly ScratchFolder scratch = new();
    private readonly MadeNight night;

    public MasterReuseTests()
    {
        night = new MadeNight(scratch.At("night"));
        night.Add("bias", 5, "Bias", 300, 0, noise: 5);
        night.Add("dark", 5, "Dark", 320, 10, noise: 5);
        night.Add("flatr", 5, "Flat", 20000, 10, filter: "R", noise: 50);
        night.Add("flatv", 5, "Flat", 20000, 10, filter: "V", noise: 50);
        night.Add("black", 1, "Flat", 300, 10, filter: "V");
        Settle();
    }

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void An_unchanged_night_gives_the_same_bytes_without_stacking()
    {
        (MasterRun first, _) = Run();
        Dictionary<string, string> before = Products(first.Output);
        (MasterRun second, string log) = Run();
        Assert.Equal(All, Reused(log));
        Assert.Equal(before, Products(second.Output));
        Assert.Equal(first.Notices, second.Notices);
        Assert.Contains(second.Notices, n => n.Contains("black-1.fits", StringComparison.Ordinal));
        foreach (string name in All)
        {
            (Master one, Master two) = (first.Master(name), second.Master(name));
            Assert.Equal(one.Image.Pixels.ToArray(), two.Image.Pixels.ToArray());
            Assert.Equal(one.Uncertainty!.Pixels.ToArray(), two.Uncertainty!.Pixels.ToArray());
            Assert.Equal(one.Sha256, two.Sha256);
            Assert.Equal(
                one with
                {
                    Image = two.Image,
                    Uncertainty = two.Uncertainty,
                    Hashed = two.Hashed,
                    Like = one.Like with { Warnings = two.Like.Warnings },
                },
                two with
                {
                    Like = two.Like with { Warnings = two.Like.Warnings },
                }
            );
        }
        Assert.Equal("black-1", Assert.Single(second.Masters.Unusable).Info.Name);
    }

    [Theory]
    [InlineData("masters.flat.normalise=mean", "bias,dark_10s")]
    [InlineData("masters.dark.fill-holes=true", "bias,flat_R,flat_V")]
    [InlineData("masters.dark.form=with-bias", "bias")]
    [InlineData("masters.sigma=2", "")]
    [InlineData("calibrate.trim.region=0:10,0:10", "")]
    [InlineData("detector.saturation=60000", "")]
    [InlineData("calibrate.linearity=1,1e-7", "bias")]
    [InlineData("calibrate.cosmic-rays.reject=true", "bias,dark_10s,flat_R,flat_V")]
    [InlineData("curve.time=start", "bias,dark_10s,flat_R,flat_V")]
    public void A_changed_setting_makes_what_depends_on_it(string setting, string reused)
    {
        Run();
        Assert.Equal(reused, string.Join(',', Reused(Run(setting).Log)));
    }

    [Fact]
    public void A_changed_frame_makes_the_masters_anew_that_hold_it()
    {
        Dictionary<string, string> before = Products(Run().Run.Output);
        // A new time alone: the bias is made again, with the same bytes, so that what was freed of it stays.
        File.SetLastWriteTimeUtc(Path.Combine(night.Folder, "bias-1.fits"), new DateTime(2024, 4, 1, 0, 0, 0, DateTimeKind.Utc));
        (MasterRun touched, string log) = Run();
        Assert.Equal(["dark_10s", "flat_R", "flat_V"], Reused(log));
        Assert.Equal(before, Products(touched.Output));
        // Other pixels: everything.
        night.Add("bias", 1, "Bias", 400, 0);
        Settle();
        Assert.Empty(Reused(Run().Log));
        // A flat: its own filter only.
        night.Add("flatv", 1, "Flat", 21000, 10, filter: "V", noise: 50);
        Settle(new DateTime(2024, 5, 1, 0, 0, 0, DateTimeKind.Utc), "flatv-1.fits");
        Assert.Equal(["bias", "dark_10s", "flat_R"], Reused(Run().Log));
        // One frame less.
        File.Delete(Path.Combine(night.Folder, "flatr-5.fits"));
        Assert.Equal(["bias", "dark_10s", "flat_V"], Reused(Run().Log));
    }

    [Fact]
    public void A_damaged_or_missing_master_is_made_again_and_the_others_stay()
    {
        MasterRun first = Run().Run;
        Dictionary<string, string> before = Products(first.Output);
        string bias = Path.Combine(first.Output, "masters", "bias.fits");
        byte[] bytes = File.ReadAllBytes(bias);
        bytes[3000] ^= 1;
        File.WriteAllBytes(bias, bytes);
        File.Delete(Path.Combine(first.Output, "masters", "flat_R.fits"));
        (MasterRun second, string log) = Run();
        Assert.Equal(["dark_10s", "flat_V"], Reused(log));
        Assert.Contains("masters/bias.fits is not as it was made", log);
        Assert.Equal(before, Products(second.Output));
        // A memory that is no memory.
        File.WriteAllText(Path.Combine(first.Output, ".albireo", "masters.json"), "[{");
        Assert.Empty(Reused(Run().Log));
        Assert.Equal(before, Products(second.Output));
    }

    [Fact]
    public void A_frame_that_changed_a_moment_ago_is_not_trusted()
    {
        night.Add("flatv", 1, "Flat", 20500, 10, filter: "V", noise: 50); // its time of change is now
        Run();
        Assert.Equal(["bias", "dark_10s", "flat_R"], Reused(Run().Log));
    }

    [Fact]
    public void Fresh_makes_all_masters_and_the_same_bytes()
    {
        var request = new ReductionRequest { Inputs = [night.Folder], Output = scratch.At("out") };
        string Log() => File.ReadAllText(Path.Combine(request.Output, "albireo.log"));
        void Masters(ReductionRequest r) =>
            EarlyStages.Run(FrameStage.Masters, r, ResourceLimits.Default, IRunObserver.None, TestContext.Current.CancellationToken);
        Masters(request);
        Dictionary<string, string> before = Products(request.Output);
        Masters(request);
        Assert.Equal(All, Reused(Log()));
        Masters(request with { IsFresh = true });
        Assert.Equal(All, Reused(Log()));
        Assert.Equal(before, Products(request.Output));
    }

    private (MasterRun Run, string Log) Run(params string[] settings)
    {
        string log = scratch.At("work", "out", "albireo.log");
        long length = File.Exists(log) ? new FileInfo(log).Length : 0;
        MasterRun run = MasterRun.Of(
            night.Folder,
            scratch.At("work"),
            "standard",
            ["detector.gain=2", "detector.read-noise=8", .. settings]
        );
        return (run, run.Log[(int)length..]);
    }

    private static string[] Reused(string log) =>
        [.. log.Split('\n').Where(l => l.Contains(": reused", StringComparison.Ordinal)).Select(l => l.Split("MASTER ")[1].Split(':')[0])];

    private static Dictionary<string, string> Products(string output) =>
        Directory
            .GetFiles(Path.Combine(output, "masters"))
            .ToDictionary(f => Path.GetFileName(f), f => Convert.ToHexString(File.ReadAllBytes(f)));

    private void Settle(DateTime? time = null, string pattern = "*.fits")
    {
        foreach (string file in Directory.GetFiles(night.Folder, pattern))
        {
            File.SetLastWriteTimeUtc(file, time ?? new DateTime(2024, 3, 2, 0, 0, 0, DateTimeKind.Utc));
        }
    }
}
