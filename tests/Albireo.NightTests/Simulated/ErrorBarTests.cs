using Albireo.Pipeline;
using Albireo.Pipeline.Stages;
using Albireo.Science.Images;
using Albireo.Science.Photometry;
using Albireo.Science.Simulation;
using Albireo.Tests.Support;

namespace Albireo.NightTests.Simulated;

/// <summary>
/// Error bars by Monte Carlo: every flux of every frame of a night against the noise-free sum in the very same aperture. Gain and
/// read noise are in the headers and the camera's sensitivity is even, so that nothing but noise separates the two.
/// </summary>
public sealed class ErrorBarTests : IDisposable
{
    private static readonly SimulateOptions Options = new()
    {
        TransitDepth = 0.01,
        Plan = new NightPlan
        {
            Seed = 31,
            Width = 640,
            Height = 480,
            BiasFrames = 25,
            DarkFrames = 25,
            FlatFrames = 0,
            LightFrames = 190,
            CadenceSeconds = 75,
            FieldStars = 95,
            BrightestFieldMagnitude = 10.4,
            FaintestFieldMagnitude = 15.2,
            Detector = new DetectorModel
            {
                Vignetting = 0,
                PixelResponseScatter = 0,
                DustSpots = 0,
                CosmicRaysPerSecond = 0,
                HotPixelFraction = 0,
            },
        },
    };

    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Fluxes_scatter_about_the_truth_as_their_errors_say_at_every_brightness()
    {
        (_, ReductionResult result) = Nights.Reduce(Options, scratch.Path);
        FluxTable table = result.Observations[0].Fluxes;
        NightSimulator simulator = Nights.Simulator(Options);
        SkyScene starsOnly = simulator.Scene with { SkyElectronsPerSecond = 0 };
        var light = new Image(Options.Plan.Width, Options.Plan.Height);
        int[] apertures = [1, 4, 7];
        var measured = apertures.ToDictionary(a => a, _ => new List<(double Pull, double Flux)>());
        for (int frame = 0; frame < table.Frames.Count; frame++)
        {
            FrameTruth truth = simulator.Describe(frame);
            starsOnly.Paint(truth.Conditions!, [.. truth.StarFactors], light);
            foreach (int aperture in apertures)
            {
                Collect(table, frame, aperture, light, measured[aperture]);
            }
        }
        Assert.All(apertures, aperture => Check(table.Radii[aperture], measured[aperture]));
    }

    private static void Collect(FluxTable table, int frame, int aperture, Image light, List<(double Pull, double Flux)> measured)
    {
        double gain = Options.Plan.Detector.GainElectronsPerAdu;
        double radius = table.RadiusPixels[(frame * table.Radii.Count) + aperture];
        double unit = radius / table.Radii[aperture];
        PixelPosition[] stars =
        [
            .. Enumerable
                .Range(0, table.Stars.Count)
                .Select(s => new PixelPosition(table.X[table.At(frame, s)], table.Y[table.At(frame, s)])),
        ];
        double[] sums = Sums(light, stars, radius);
        double[] outer = Sums(light, stars, table.AnnulusOuter * unit);
        double[] inner = Sums(light, stars, table.AnnulusInner * unit);
        double area = Math.PI * radius * radius;
        double ring = Math.PI * unit * unit * ((table.AnnulusOuter * table.AnnulusOuter) - (table.AnnulusInner * table.AnnulusInner));
        for (int s = 0; s < stars.Length; s++)
        {
            if (table.Flags[table.At(frame, s)] != FluxQuality.None)
            {
                continue;
            }
            double flux = table.Flux[table.At(frame, aperture, s)];
            double error = table.FluxError[table.At(frame, aperture, s)];
            // Starlight in the sky annulus is no noise: stars with more than a trace of it do not count.
            double strayed = (outer[s] - inner[s]) / ring * area / gain;
            if (strayed < 0.2 * error)
            {
                measured.Add(((flux - (sums[s] / gain)) / error, sums[s]));
            }
        }
    }

    private static double[] Sums(Image light, PixelPosition[] stars, double radius)
    {
        double[] sums = new double[stars.Length];
        double[] errors = new double[stars.Length];
        float[] sky = new float[stars.Length];
        AperturePhotometry.Measure(
            light,
            null,
            null,
            null,
            stars,
            [radius],
            null,
            sums,
            errors,
            sky,
            new float[stars.Length],
            new float[stars.Length],
            new FluxQuality[stars.Length]
        );
        return sums;
    }

    private static void Check(double radius, List<(double Pull, double Flux)> measured)
    {
        string where = $"seed {Options.Plan.Seed}, aperture {radius} FWHM";
        Assert.True(measured.Count >= 5000, $"{where}: {measured.Count} measurements");
        double[] all = [.. measured.Select(m => m.Pull)];
        string seen = $"{where}: width {Nights.Width(all):F3}, mean {all.Average():F3} over {all.Length}";
        const int bins = 4;
        measured.Sort((a, b) => a.Flux.CompareTo(b.Flux));
        var widths = new double[bins];
        for (int bin = 0; bin < bins; bin++)
        {
            int first = bin * measured.Count / bins;
            int end = (bin + 1) * measured.Count / bins;
            double[] pulls = [.. measured[first..end].Select(m => m.Pull)];
            widths[bin] = Nights.Width(pulls);
            seen += $"; {measured[first].Flux:F0}–{measured[end - 1].Flux:F0} e-: {widths[bin]:F3}, {pulls.Average():F3}";
        }
        TestContext.Current.SendDiagnosticMessage(seen);
        Assert.True(Nights.Width(all) is >= 0.95 and <= 1.05, seen);
        Assert.True(Math.Abs(all.Average()) <= 0.15, seen);
        Assert.All(widths, w => Assert.True(w is >= 0.95 and <= 1.05, seen));
    }
}
