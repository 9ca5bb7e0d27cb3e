using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;

namespace Albireo.Pipeline;

/// <summary>The stages up to the stars, one at a time: masters, calibrate, detect, match. It is <see cref="Reduction"/>, cut off there.</summary>
public static class EarlyStages
{
    /// <summary>Runs all stages up to one of them and writes their products.</summary>
    /// <param name="last">Masters, Calibrate, Detect or Match.</param>
    /// <param name="request">As for a reduction; stars are not needed.</param>
    /// <param name="limits">How much of the machine may be used.</param>
    /// <param name="observer">Who watches.</param>
    /// <param name="cancellation">Checked between frames.</param>
    /// <exception cref="AlbireoException">There is no result, or the request contradicts the night; the message is for the user.</exception>
    public static StageResult Run(
        FrameStage last,
        ReductionRequest request,
        ResourceLimits limits,
        IRunObserver observer,
        CancellationToken cancellation
    )
    {
        return NightRun.Run(request, limits, observer, begun => Run(last, begun), cancellation);
    }

    /// <summary>The stage's word, as the command has it.</summary>
    public static string Word(FrameStage stage) => stage.ToString().ToLowerInvariant();

    private static StageResult Run(FrameStage last, NightRun begun)
    {
        (NightInventory night, ReductionRequest asked, Recipe recipe, RunRecord record, RunContext run) = begun;
        IReadOnlyList<Observation> observations = last == FrameStage.Masters ? [] : TakeInventory.Observations(night, asked, run);
        Masters masters = MakeMasters.Run(night, recipe, run);
        if (last == FrameStage.Masters && masters.All.Count == 0)
        {
            throw new AlbireoException(
                Failure.NoResult,
                $"No master could be made: there is no usable bias, dark or flat in {string.Join(", ", asked.Inputs)}; albireo inventory shows what is there."
            );
        }
        var results = new List<StageObservation>();
        foreach (Observation observation in observations)
        {
            string folder = observations.Count == 1 ? "" : observation.Label;
            ReductionRequest own = NightWords.For(observation.Lights, night, asked);
            results.Add(new StageObservation(observation, folder, Frames(last, observation, folder, masters, own, recipe, run)));
        }
        var result = new StageResult(run.Output.Path, last, night, masters, results);
        run.Settle(); // the record says that all products are there
        record.Finish(result, run.Notices);
        return result.Observations.Count == 0 || result.Observations.Any(o => o.Frames.Any(f => f.IsUsed))
            ? result
            : throw new AlbireoException(Failure.NoResult, $"Not one light passed the stage {Word(last)}: {results[0].Frames[0].Reason}");
    }

    private static IReadOnlyList<FrameOutcome> Frames(
        FrameStage last,
        Observation observation,
        string folder,
        Masters masters,
        ReductionRequest request,
        Recipe recipe,
        RunContext run
    )
    {
        if (last == FrameStage.Calibrate)
        {
            return CalibrateLights.Run(observation.Lights, folder, masters, request, recipe, run);
        }
        Sequence prepare = Reduction.Prepare(masters, recipe);
        FrameStep keep = KeepFrame.Step(request, recipe.Calibrate, run, folder);
        if (last != FrameStage.Match)
        {
            return run.Frames(Word(last), new Sequence([.. prepare, keep]), observation.Lights, started: null);
        }
        ReferenceFrame reference = ReferenceFrame.Choose(observation, request, prepare, run);
        var sequence = new Sequence([.. Reduction.Prepare(masters, recipe, reference), MatchFrames.Step(reference, recipe), keep]);
        return run.Frames(Word(last), sequence, observation.Lights, reference.Frame);
    }
}
