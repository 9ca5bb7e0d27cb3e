using System.Globalization;
using Albireo.Pipeline;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Report;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Pipeline.Stars;
using Albireo.Science.LightCurves;

namespace Albireo.Samples;

/// <summary>prose's tutorial from simulation to summary: 100 frames of a star that varies by 1 %, reduced with the recipe <c>prose</c>.</summary>
public static class ProseTutorial
{
    /// <summary>Simulates into FOLDER/night and reduces into FOLDER/out.</summary>
    public static (SimulatedNight Night, ReductionResult Result) Run(string folder, TextWriter output, CancellationToken cancellation)
    {
        SimulatedNight night = SimulateNight.Run(
            SimulateOptions.ProseTutorial(seed: 3),
            Path.Combine(folder, "night"),
            ResourceLimits.Default,
            IRunObserver.None,
            cancellation
        );
        string target = PlaceOf(night, star: 0);
        string outFolder = Path.Combine(folder, "out");

        // README: begin
        var request = new ReductionRequest
        {
            Inputs = [night.Folder],
            Output = outFolder,
            Target = StarDesignation.Parse(target, "target"),
            Settings = [.. RecipeFile.Load("prose"), Setting.Parse("measure.maximum-stars=50", "sample")],
        };
        // A step of one's own, between those that every frame passes while it is in memory.
        var sharp = new FrameStep("sharp", f => f.Profile?.Fwhm < 5 ? f : f.Discard("its stars are wider than 5 pixels"));
        ReductionResult result = Reduction.Run(
            request,
            ResourceLimits.Default,
            IRunObserver.None,
            cancellation,
            steps => new Sequence([.. steps[..2], sharp, .. steps[2..]])
        );
        LightCurve curve = result.Observations[0].Curve!;
        output.WriteLine(FormattableString.Invariant($"{curve.Used.Count(u => u)} points, scatter {100 * curve.PointToPointScatter:F2} %"));
        // README: end

        Summarise(result, output);
        return (night, result);
    }

    /// <summary>Who discarded what, the sine, the recipe as YAML and the papers.</summary>
    private static void Summarise(ReductionResult result, TextWriter output)
    {
        ObservationResult observation = result.Observations[0];
        foreach (FrameRow frame in observation.Fluxes.Frames.Where(f => !f.IsMeasured))
        {
            output.WriteLine($"{frame.Info.Name} discarded by {frame.StoppedBy}: {frame.Reason}");
        }
        double[] times = [.. observation.Fluxes.Frames.Select(f => f.MidUtc!.Value.Value - 2450000)];
        var fit = Harmonics.Fit(times, observation.Curve!.RelativeFlux, default, 2 * Math.PI / 100);
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"sine: {100 * fit.Sines[0].Amplitude:F2} ± {100 * fit.Sines[0].Error:F2} %")
        );
        output.WriteLine(RecipeFile.Write(RecipeBinder.Bind(RecipeFile.Load("prose"))));
        output.WriteLine(Citation.BibTeX(Citation.Of(observation.Curve, fit: null)));
        output.WriteLine(Path.Combine(result.Output, "report.html"));
    }

    private static string PlaceOf(SimulatedNight night, int star)
    {
        FileTruth first = night.Truth.Frames.First(f => f.Kind == "light");
        return FormattableString.Invariant($"{first.X![star]:F2},{first.Y![star]:F2}");
    }
}
