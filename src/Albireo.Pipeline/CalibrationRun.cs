using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;

namespace Albireo.Pipeline;

/// <summary>The pipeline cut off after <c>calibrate</c>: raw frames become masters and calibrated frames; no star is looked for.</summary>
public static class CalibrationRun
{
    /// <exception cref="AlbireoException">There is no light, or none of them could be calibrated; the message is for the user.</exception>
    public static CalibrationResult Run(
        ReductionRequest request,
        ResourceLimits limits,
        IRunObserver observer,
        CancellationToken cancellation
    )
    {
        Recipe recipe = RecipeBinder.Bind(request.Settings);
        using OutputFolder output = OutputFolder.Open(request.Output);
        var run = new RunContext(output, observer, limits, cancellation);
        return run.Logged(() =>
        {
            RunRecord record = RunRecord.Start(request, recipe, run);
            NightInventory night = TakeInventory.Run(request, run);
            IReadOnlyList<Observation> observations = TakeInventory.Observations(night, request, run);
            Masters masters = MakeMasters.Run(night, recipe, run);
            var results = new List<CalibratedObservation>();
            foreach (Observation observation in observations)
            {
                string folder = observations.Count == 1 ? "" : observation.Label;
                var sequence = new Sequence([CalibrateFrame.Step(masters, recipe), KeepFrame.Calibrated(run, folder)]);
                results.Add(new CalibratedObservation(observation, folder, run.Frames("calibrate", sequence, observation.Lights, null)));
            }
            var result = new CalibrationResult(output.Path, night, masters, results, run.Notices);
            record.Finish(result);
            FrameOutcome[] outcomes = [.. results.SelectMany(o => o.Outcomes)];
            return outcomes.Any(o => o.IsUsed)
                ? result
                : throw new AlbireoException(Failure.NoResult, $"None of {outcomes.Length} lights could be calibrated: {outcomes[0].Reason}");
        });
    }
}
