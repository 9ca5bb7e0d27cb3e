using Albireo.Pipeline;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Plots;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Pipeline.Stars;
using Albireo.Science.Simulation;

namespace Albireo.Samples;

/// <summary>
/// The HAT-P-32b notebook of the Schmidt telescope to its final plot and statistics: target and validation star over one comparison, with
/// the recipe <c>schmidt</c>. The night is simulated: bias, dome flats, lights, a transit; no darks.
/// </summary>
public static class SchmidtNotebook
{
    /// <summary>Simulates into FOLDER/night, reduces into FOLDER/out, and draws FOLDER/final.svg.</summary>
    public static ReductionResult Run(string folder, TextWriter output, CancellationToken cancellation)
    {
        var options = new SimulateOptions
        {
            Plan = new NightPlan
            {
                Seed = 32,
                Width = 512,
                Height = 512,
                LightFrames = 40,
                CadenceSeconds = 300,
                DarkFrames = 0,
                ClearRadiusPixels = 16,
                Detector = new DetectorModel { DarkElectronsPerSecond = 0, HotPixelFraction = 0 },
            },
            TransitDepth = 0.024,
        };
        SimulatedNight night = SimulateNight.Run(
            options,
            Path.Combine(folder, "night"),
            ResourceLimits.Default,
            IRunObserver.None,
            cancellation
        );
        StarDesignation Star(string name)
        {
            StarTruth star = night.Truth.Stars.First(s => s.Name == name);
            return new StarDesignation.Pixel(name, star.X, star.Y);
        }
        var request = new ReductionRequest
        {
            Inputs = [night.Folder],
            Output = Path.Combine(folder, "out"),
            Target = Star("target"),
            Comparisons = [Star("comparison-1")],
            Check = Star("check"),
            Settings = RecipeFile.Load("schmidt"),
        };
        ReductionResult result = Reduction.Run(request, ResourceLimits.Default, IRunObserver.None, cancellation);
        ObservationResult observation = result.Observations[0];
        LightCurve curve = observation.Curve!;

        // The notebook's last cell: both curves with guide lines, 0.9 … 1.15, the validation star 0.08 higher.
        double[] times = [.. observation.Fluxes.Frames.Select(f => f.MidUtc!.Value.Value)];
        var figure = Figure.Of(
            "Target and validation star",
            Axis.OfJulianDate("JD_UTC"),
            new Axis("Relative flux") { Min = 0.9, Max = 1.15 },
            new Series
            {
                Name = "target",
                X = times,
                Y = curve.RelativeFlux,
                YError = curve.RelativeFluxError,
                Color = ColorSlot.Vermilion,
            },
            new Series
            {
                Name = "validation + 0.08",
                X = times,
                Y = [.. curve.CheckRelativeFlux.Select(f => f + 0.08)],
                Color = ColorSlot.Orange,
                Marker = PointMarker.Diamond,
            }
        );
        figure = figure with { Panels = [figure.Panels[0] with { Marks = [new Mark.HorizontalLine(1), new Mark.HorizontalLine(1.08)] }] };
        File.WriteAllText(Path.Combine(folder, "final.svg"), SvgWriter.Write(figure));
        output.WriteLine(CurveStatistics.Of(observation.Fluxes, curve, fit: null).CheckLine());
        output.WriteLine(Path.Combine(folder, "final.svg"));
        return result;
    }
}
