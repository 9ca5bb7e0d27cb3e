using Albireo.Pipeline;
using Albireo.Pipeline.Stages;
using Albireo.Science.Photometry;
using Albireo.Science.Simulation;
using Albireo.Science.Transits;
using Albireo.Tests.Support;

namespace Albireo.NightTests.Simulated;

/// <summary>
/// A hundred nights with a known transit: the depths found scatter about the one put in as their errors say, and these errors are
/// hardly above what photons, sky and read noise leave.
/// </summary>
public sealed class TransitDepthTests
{
    private const int Count = 100;

    private static SimulateOptions Options(int seed) =>
        new()
        {
            TransitDepth = 0.012,
            Plan = new NightPlan
            {
                Seed = (ulong)seed,
                Width = 200,
                Height = 150,
                BiasFrames = 7,
                DarkFrames = 7,
                FlatFrames = 15,
                LightFrames = 40,
                CadenceSeconds = 300,
                TargetMagnitude = 12.2,
                ComparisonMagnitudes = [11.9, 12.2, 12.5],
                CheckMagnitude = 12.3,
                FieldStars = 22,
                BrightestFieldMagnitude = 12,
                FaintestFieldMagnitude = 15.5,
                ClearRadiusPixels = 26,
                DriftXPerHour = 2,
                DriftYPerHour = -1,
            },
        };

    [Fact]
    public void Depths_scatter_as_their_errors_say_and_errors_are_near_the_noise_budget()
    {
        var pulls = new double[Count];
        var ratios = new double[Count];
        using var scratch = new ScratchFolder();
        Parallel.For(
            0,
            Count,
            new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken },
            i =>
            {
                string folder = scratch.At($"{i}");
                (pulls[i], ratios[i]) = PullAndRatio(Options(1 + i), folder);
                Directory.Delete(folder, recursive: true);
            }
        );
        double width = Nights.Width(pulls);
        double mean = pulls.Average();
        double ratio = Nights.Median(ratios);
        string found = $"seeds 1–{Count}: width of the pulls {width:F3}, mean {mean:F3}, stated over budget {ratio:F3}";
        TestContext.Current.SendDiagnosticMessage(found);
        Assert.True(width is >= 0.85 and <= 1.15, found);
        Assert.True(mean is >= -0.3 and <= 0.3, found);
        Assert.True(ratio is > 0.7 and <= 1.3, found);
    }

    private static (double Pull, double Ratio) PullAndRatio(SimulateOptions options, string folder)
    {
        (_, ReductionResult result) = Nights.Reduce(options, folder);
        ObservationResult observation = result.Observations[0];
        TransitParameters planet = options.Planet()!;
        LightCurve curve = observation.Curve!;
        Assert.True(
            curve.Used.Count(u => u) >= options.Plan.LightFrames - 1,
            $"seed {options.Plan.Seed}: {curve.Used.Count(u => u)} points"
        );
        DepthEstimate depth = Demonstration.Depth(observation.Fluxes, curve, planet);
        return ((depth.Depth - planet.Depth) / depth.Error, depth.Error / BudgetError(options, observation, planet));
    }

    /// <summary>The depth's error if the noise were photons, sky, dark current and read noise in the apertures alone, from the truth.</summary>
    private static double BudgetError(SimulateOptions options, ObservationResult observation, TransitParameters planet)
    {
        NightSimulator simulator = Nights.Simulator(options);
        FluxTable table = observation.Fluxes;
        LightCurve curve = observation.Curve!;
        var times = new List<double>();
        var errors = new List<double>();
        for (int i = 0; i < table.Frames.Count; i++)
        {
            if (curve.Used[i])
            {
                double radius = table.RadiusPixels[(i * table.Radii.Count) + curve.Aperture];
                times.Add(table.Frames[i].MidUtc!.Value.Value);
                errors.Add(RelativeError(options.Plan, simulator.Describe(i), simulator.Scene, radius, curve.Comparisons.Count));
            }
        }
        double[] flux = new double[times.Count];
        TransitModel.Flux(planet, [.. times], options.Plan.ExposureSeconds / 86400, flux);
        return TransitDepth.Fit([.. times], flux, [.. errors], [.. flux.Select(f => (1 - f) / planet.Depth)]).Error;
    }

    private static double RelativeError(NightPlan plan, FrameTruth truth, SkyScene scene, double radius, int comparisons)
    {
        double inside = EncircledLight(truth.Conditions!.Psf, radius);
        NoiseTerms Of(double electrons) =>
            ErrorBudget.Ccd(
                electrons,
                new NoiseConditions
                {
                    AperturePixels = Math.PI * radius * radius,
                    SkyElectrons = scene.SkyElectronsPerSecond * truth.Conditions.SkyFactor * truth.ExposureSeconds,
                    ReadNoiseElectrons = plan.Detector.ReadNoiseElectrons,
                    DarkElectrons = plan.Detector.DarkElectronsPerSecond * truth.ExposureSeconds,
                }
            );
        double target = inside * truth.StarElectrons[0];
        double[] others = [.. truth.StarElectrons.Skip(1).Take(comparisons).Select(e => inside * e)];
        double ensemble = others.Sum();
        return Math.Sqrt((Of(target).Variance / (target * target)) + (others.Sum(o => Of(o).Variance) / (ensemble * ensemble)));
    }

    /// <summary>Part of a Moffat star's light within a radius: <c>1 − (1 + r²/α²)^(1−β)</c>.</summary>
    private static double EncircledLight(PointSpread psf, double radius)
    {
        double alpha = psf.FwhmPixels / (2 * Math.Sqrt(Math.Pow(2, 1 / psf.MoffatBeta) - 1));
        return 1 - Math.Pow(1 + (radius * radius / (alpha * alpha)), 1 - psf.MoffatBeta);
    }
}
