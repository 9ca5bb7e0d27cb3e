using Albireo.NightTests.Hatp32;
using Albireo.Pipeline.Stages;
using Albireo.Science.Simulation;
using Albireo.Tests.Support;

namespace Albireo.NightTests.Robustness;

/// <summary>How much memory a reduction takes: bounded, and the same for a long night as for a short one.</summary>
public sealed class MemoryTests : IDisposable
{
    private const double Megabyte = 1e6;
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void A_real_night_takes_at_most_300_megabytes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /proc");
        using AlbireoProcess process = AlbireoProcess.Start(Hatp32Night.Command(scratch.At("out")));
        double peak = process.Finish().PeakBytes / Megabyte;
        TestContext.Current.SendDiagnosticMessage($"hatp32: {peak:F0} MB at most");
        Assert.InRange(peak, 30, 300);
    }

    [Fact]
    public void Memory_does_not_grow_with_the_number_of_frames()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /proc");
        // The collector has made up its mind about its budget after some hundred frames.
        double few = Peak(150);
        double many = Peak(300);
        string seen = $"150 lights: {few:F0} MB, 300 lights: {many:F0} MB";
        TestContext.Current.SendDiagnosticMessage(seen);
        Assert.True(many < few + 35, seen); // as numbers of four bytes, 150 such frames are 104 MB; the collector's moods are 30
    }

    private double Peak(int lights)
    {
        var options = new SimulateOptions
        {
            Plan = new NightPlan
            {
                Seed = 51,
                Width = 480,
                Height = 360,
                BiasFrames = 3,
                DarkFrames = 3,
                FlatFrames = 3,
                LightFrames = lights,
                CadenceSeconds = 90,
            },
        };
        SimulatedNight night = SmallNight.Simulate(options, scratch.At($"night-{lights}"));
        using AlbireoProcess process = AlbireoProcess.Start([
            "reduce",
            night.Folder,
            "-o",
            scratch.At($"out-{lights}"),
            "--no-calibrated",
            .. SmallNight.StarOptions(night.Truth),
        ]);
        return process.Finish().PeakBytes / Megabyte;
    }
}
