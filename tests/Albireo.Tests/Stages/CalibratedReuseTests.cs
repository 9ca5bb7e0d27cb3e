using Albireo.Pipeline;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Runs;
using Albireo.Tests.Support;

namespace Albireo.Tests.Stages;

/// <summary><c>calibrate</c> run again reads the lights alone that something changed for.</summary>
public sealed class CalibratedReuseTests : IDisposable
{
    private readonly ScratchFolder scratch = new();
    private readonly MadeNight night;

    public CalibratedReuseTests()
    {
        night = new MadeNight(scratch.At("night"));
        night.Add("bias", 3, "Bias", 300, 0, noise: 5);
        night.Add("flatr", 3, "Flat", 20000, 10, filter: "R", noise: 50);
        night.Add("flatv", 3, "Flat", 20000, 10, filter: "V", noise: 50);
        night.Add("r", 2, "Light", 500, 10, filter: "R", noise: 5);
        night.Add("v", 2, "Light", 500, 10, filter: "V", noise: 5);
        Settle();
    }

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Unchanged_lights_stay_as_they_lie_to_the_byte()
    {
        Assert.Empty(Run());
        Dictionary<string, string> before = Products();
        Assert.Equal(10, before.Count); // 4 lights, 3 masters and their list, inventory.csv, run.json
        Assert.Equal(["r-1", "r-2", "v-1", "v-2"], Run());
        Assert.Equal(before, Products());
    }

    [Theory]
    [InlineData("calibrate.negative=undefined", "")]
    [InlineData("masters.flat.normalise=mean", "")]
    [InlineData("detector.gain=3", "")]
    [InlineData("calibrate.keep-steps=true", "")]
    [InlineData("measure.radii=3", "r-1,r-2,v-1,v-2")]
    public void A_setting_that_counts_calibrates_again(string setting, string reused)
    {
        Run();
        Assert.Equal(reused, string.Join(',', Run(setting)));
    }

    [Fact]
    public void What_changed_or_is_damaged_is_calibrated_again()
    {
        Run();
        Dictionary<string, string> before = Products();
        string product = Directory.GetFiles(scratch.At("out"), "v-2.fits", SearchOption.AllDirectories).Single();
        byte[] bytes = File.ReadAllBytes(product);
        bytes[^4000] ^= 1;
        File.WriteAllBytes(product, bytes);
        Assert.Equal(["r-1", "r-2", "v-1"], Run());
        Assert.Equal(before, Products());

        File.SetLastWriteTimeUtc(Path.Combine(night.Folder, "r-1.fits"), new DateTime(2024, 4, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(["r-2", "v-1", "v-2"], Run());
        Assert.Equal(before, Products());

        night.Add("flatv", 1, "Flat", 22000, 10, filter: "V", noise: 50);
        Settle();
        File.SetLastWriteTimeUtc(Path.Combine(night.Folder, "r-1.fits"), new DateTime(2024, 4, 1, 0, 0, 0, DateTimeKind.Utc));
        File.SetLastWriteTimeUtc(Path.Combine(night.Folder, "flatv-1.fits"), new DateTime(2024, 4, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(["r-1", "r-2"], Run());
    }

    [Fact]
    public void Fresh_calibrates_everything()
    {
        Run();
        Dictionary<string, string> before = Products();
        Assert.Empty(Run(isFresh: true));
        Dictionary<string, string> after = Products();
        before.Remove("run.json"); // it says when
        after.Remove("run.json");
        Assert.Equal(before, after);
    }

    private string[] Run(string? setting = null, bool isFresh = false)
    {
        StageResult result = EarlyStages.Run(
            FrameStage.Calibrate,
            new ReductionRequest
            {
                Inputs = [night.Folder],
                Output = scratch.At("out"),
                IsFresh = isFresh,
                Settings = setting is null ? [] : [Setting.Parse(setting, "--set")],
            },
            ResourceLimits.Default,
            IRunObserver.None,
            TestContext.Current.CancellationToken
        );
        Assert.All(result.Observations.SelectMany(o => o.Frames), f => Assert.True(f.IsUsed, f.Reason));
        return [.. result.Observations.SelectMany(o => o.Frames).Where(f => f.IsReused).Select(f => f.Frame.Info.Name).Order()];
    }

    private Dictionary<string, string> Products() =>
        Directory
            .GetFiles(scratch.At("out"), "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(scratch.At("out"), f))
            .Where(f => f[0] != '.' && f != "albireo.log")
            .ToDictionary(f => f, f => Convert.ToHexString(File.ReadAllBytes(scratch.At("out", f))));

    private void Settle()
    {
        foreach (string file in Directory.GetFiles(night.Folder))
        {
            File.SetLastWriteTimeUtc(file, new DateTime(2024, 3, 2, 0, 0, 0, DateTimeKind.Utc));
        }
    }
}
