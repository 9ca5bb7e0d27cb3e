using Albireo.Pipeline;
using Albireo.Pipeline.Stages;
using Albireo.Science.Simulation;
using Albireo.Tests.Support;

namespace Albireo.NightTests.Simulated;

/// <summary>The field turned half-way through a night: every frame is matched and the curve runs on without a step.</summary>
public sealed class TurnedFieldTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("a meridian flip", 180.0, false)]
    [InlineData("a turned camera", 30.0, false)]
    [InlineData("a mirror", 0.0, true)]
    [InlineData("a mirror and a turn", 137.0, true)]
    public void Every_frame_is_matched_and_the_curve_has_no_step(string what, double degrees, bool mirrors)
    {
        var options = new SimulateOptions
        {
            TransitDepth = 0,
            Plan = new NightPlan
            {
                Seed = 41,
                Width = 320,
                Height = 240,
                FlatFrames = 25,
                LightFrames = 40,
                FieldStars = 45,
                ClearRadiusPixels = 26,
                FlipAtFrame = 20,
                FlipRotationDegrees = degrees,
                FlipMirrors = mirrors,
            },
        };
        (_, ReductionResult result) = Nights.Reduce(options, scratch.Path);
        ObservationResult observation = result.Observations[0];
        LightCurve curve = observation.Curve!;
        Assert.All(observation.Fluxes.Frames, f => Assert.True(f.IsMeasured, $"{what}: {f.Info.Name}: {f.Reason}"));
        int[] used = [.. Enumerable.Range(0, 40).Where(i => curve.Used[i])];
        // A cosmic ray in an aperture may cost a frame its value, nothing else may.
        Assert.True(used.Length >= 38, $"{what}: {used.Length} used");
        (double before, double beforeError) = Mean(curve, used.Where(i => i < 20));
        (double after, double afterError) = Mean(curve, used.Where(i => i >= 20));
        double step = (after - before) / Math.Sqrt((beforeError * beforeError) + (afterError * afterError));
        TestContext.Current.SendDiagnosticMessage($"{what}: step of {step:F2} σ, {1e3 * (after - before):F3} mmag");
        Assert.True(Math.Abs(step) < 4, $"{what}, seed 41: a step of {step:F2} σ");
    }

    private static (double Mean, double Error) Mean(LightCurve curve, IEnumerable<int> frames)
    {
        double weights = 0;
        double sum = 0;
        foreach (int i in frames)
        {
            double weight = 1 / (curve.RelativeFluxError[i] * curve.RelativeFluxError[i]);
            weights += weight;
            sum += weight * curve.RelativeFlux[i];
        }
        return (sum / weights, 1 / Math.Sqrt(weights));
    }
}
