using Albireo.Pipeline;
using Albireo.Pipeline.Stages;
using Albireo.Science.Calibration;
using Albireo.Science.Images;
using Albireo.Science.Simulation;
using Albireo.Tests.Support;

namespace Albireo.NightTests.Simulated;

/// <summary>Masters and calibrated frames against the camera that the simulator used: off by no more than their own stated noise.</summary>
public sealed class CalibrationTruthTests : IDisposable
{
    private static readonly SimulateOptions Options = new()
    {
        Plan = new NightPlan
        {
            Seed = 21,
            Width = 320,
            Height = 240,
            BiasFrames = 15,
            DarkFrames = 15,
            FlatFrames = 15,
            LightFrames = 4,
            FieldStars = 40,
        },
    };

    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Masters_and_calibrated_frames_lie_within_their_noise_of_the_truth()
    {
        (SimulatedNight night, ReductionResult result) = Nights.Reduce(Options, scratch.Path, keepCalibrated: true);
        NightSimulator simulator = Nights.Simulator(Options);
        string masters = Path.Combine(result.Output, "masters");

        // Bias structure of columns and rows, dark current with hot pixels, vignetting with dust.
        Check("bias", Path.Combine(masters, "bias.fits"), simulator.Detector.Bias, 0.03);
        // The bias was taken out of the dark: what it was wrong by is in the dark, and in its stated error.
        Image dark = simulator.Detector.Dark(Options.Plan.ExposureSeconds);
        Check("dark", Path.Combine(masters, "dark_60s.fits"), dark, 0.03);
        Check("flat", Path.Combine(masters, "flat_R.fits"), simulator.Detector.Flat, 0.03);

        var counts = new ushort[Options.Plan.Width * Options.Plan.Height];
        var expected = new Image(Options.Plan.Width, Options.Plan.Height);
        foreach (FileTruth light in night.Truth.Frames.Where(f => f.Kind == "light"))
        {
            int index = int.Parse(Path.GetFileNameWithoutExtension(light.Name)[^4..]) - 1;
            FrameTruth truth = simulator.Light(index, counts, expected);
            string path = Path.Combine(result.Output, "calibrated", light.Name);
            Check(light.Name, path, expected, 0.02, [.. truth.CosmicRayPixels]);
        }
    }

    /// <summary>(found − true) / stated error over all pixels: width 1, mean 0.</summary>
    private static void Check(string name, string path, Image truth, double tolerance, HashSet<int>? leaveOut = null)
    {
        Image found = Nights.Picture(path);
        Image error = Nights.Picture(path, "UNCERT");
        var pulls = new List<double>(found.Pixels.Length);
        for (int i = 0; i < found.Pixels.Length; i++)
        {
            if (leaveOut?.Contains(i) != true)
            {
                pulls.Add((found.Pixels[i] - (double)truth.Pixels[i]) / error.Pixels[i]);
            }
        }
        double width = Nights.Width(pulls);
        double mean = pulls.Average();
        string seen = $"{name}, seed {Options.Plan.Seed}: width {width:F4}, mean {mean:F4} over {pulls.Count} pixels";
        TestContext.Current.SendDiagnosticMessage(seen);
        Assert.True(Math.Abs(width - 1) <= tolerance, seen);
        Assert.True(Math.Abs(mean) <= 0.05, seen);
    }
}
