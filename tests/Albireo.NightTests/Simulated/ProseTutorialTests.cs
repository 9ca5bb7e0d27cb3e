using Albireo.Pipeline;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Samples;
using Albireo.Science.LightCurves;
using Albireo.Tests.Support;

namespace Albireo.NightTests.Simulated;

/// <summary>prose's tutorial from simulation to summary: 100 frames, a sine of 1 %, the recipe prose.</summary>
public sealed class ProseTutorialTests : IDisposable
{
    private const ulong Seed = 3;
    private readonly ScratchFolder scratch = new();

    [Fact]
    public void The_sine_comes_back_and_the_weights_are_Broegs()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using var words = new StringWriter { NewLine = "\n" };
        (_, ReductionResult result) = ProseTutorial.Run(scratch.Path, words, cancellation);
        string output = result.Output;
        SimulateOptions tutorial = SimulateOptions.ProseTutorial(Seed);
        ObservationResult observation = Assert.Single(result.Observations);
        LightCurve curve = observation.Curve!;
        Assert.Equal(100, curve.Used.Count(u => u));
        Assert.True(curve.Comparisons.Count >= 3, $"{curve.Comparisons.Count} comparisons (seed {Seed})");
        double[] times = [.. observation.Fluxes.Frames.Select(f => f.MidUtc!.Value.Value - tutorial.SineStart)];
        var fit = Harmonics.Fit(times, curve.RelativeFlux, default, tutorial.SinePeriodDays);
        var sine = fit.Sines[0];
        Assert.True(
            Math.Abs((sine.Amplitude / fit.Constant) - 0.01) < 3 * sine.Error,
            $"amplitude {sine.Amplitude} ± {sine.Error} (seed {Seed})"
        );
        Assert.Equal(0.25 * tutorial.SinePeriodDays, sine.MaximumTime, 0.05 * tutorial.SinePeriodDays);

        // The weights, by the published algorithm written out.
        StarFluxes fluxes = BuildLightCurve.Fluxes(observation.Fluxes, curve.Aperture);
        double[] expected = Published(fluxes, [.. curve.Comparisons]);
        double[] found = [.. curve.Comparisons.Select((c, i) => curve.Weights[i] * fluxes.FluxOf(c).Average())];
        double sum = found.Sum();
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], found[i] / sum, 1e-9);
        }

        // As prose computes it: all faults, from observation.fits alone.
        var late = new CurveRequest { Output = output, Settings = [.. RecipeFile.Load("prose"), Setting.Parse("compat=true", "--set")] };
        LightCurve compat = LateStages.Curve(late, IRunObserver.None, cancellation).Curve!;
        FluxTable table = ObservationFileReader.Read(Path.Combine(output, "observation.fits")).Fluxes;
        ProseCurves prose = ProseEnsemble.Run([.. Enumerable.Range(0, table.Radii.Count).Select(a => BuildLightCurve.Fluxes(table, a))], 0);
        Assert.Equal(prose.Comparisons[compat.Aperture].Order(), compat.Comparisons);
        Assert.True(File.Exists(Path.Combine(output, "report.html")));
        Assert.Contains("@article{broeg2005,", words.ToString(), StringComparison.Ordinal);
        Assert.Contains("  metric: 'binned'\n", words.ToString(), StringComparison.Ordinal);
        Assert.Contains("100 points, scatter ", words.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Broeg, Fernández and Neuhäuser (2005): 1/σ² of each star against the weighted mean of the others, until nothing changes.</summary>
    private static double[] Published(StarFluxes fluxes, int[] stars)
    {
        double[][] flux = [.. stars.Select(s => fluxes.FluxOf(s)).Select(f => f.Select(v => v / f.Average()).ToArray())];
        double[][] error =
        [
            .. stars
                .Select(s => (Error: fluxes.ErrorOf(s), Mean: fluxes.FluxOf(s).Average()))
                .Select(s => s.Error.Select(e => e / s.Mean).ToArray()),
        ];
        double[] weights = [.. error.Select(e => 1 / e.Average(v => v * v))];
        weights = weights.All(double.IsFinite) ? weights : [.. weights.Select(_ => 1.0)];
        for (int round = 0; round < 5000; round++)
        {
            double[] now = [.. weights.Select(w => w / weights.Sum())];
            weights =
            [
                .. stars.Select(
                    (_, s) =>
                    {
                        double[] curve =
                        [
                            .. Enumerable
                                .Range(0, fluxes.Frames)
                                .Select(f =>
                                    flux[s][f]
                                    / (Enumerable.Range(0, stars.Length).Where(j => j != s).Sum(j => now[j] * flux[j][f]) / (1 - now[s]))
                                ),
                        ];
                        double mean = curve.Average();
                        return 1 / (curve.Average(v => (v - mean) * (v - mean)) / (mean * mean));
                    }
                ),
            ];
        }
        double sum = weights.Sum();
        return [.. weights.Select(w => w / sum)];
    }

    public void Dispose() => scratch.Dispose();
}
