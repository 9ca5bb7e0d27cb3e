using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;
using Albireo.Pipeline.Stars;

namespace Albireo.Pipeline;

/// <summary>The whole pipeline on one page: a night of raw frames becomes light curves, one for each observation.</summary>
public static class Reduction
{
    /// <summary>Runs everything that the request asks for and writes all products.</summary>
    /// <param name="request">Which frames, stars and settings.</param>
    /// <param name="limits">How much of the machine may be used.</param>
    /// <param name="observer">Who watches.</param>
    /// <param name="cancellation">Checked between the steps of a frame.</param>
    /// <param name="change">Puts steps of one's own into the sequence that every frame passes, after <c>detect</c>; null for none.</param>
    /// <returns>Without a target all stars are measured and there is no curve.</returns>
    /// <exception cref="AlbireoException">There is no result, or the request contradicts the night; the message is for the user.</exception>
    public static ReductionResult Run(
        ReductionRequest request,
        ResourceLimits limits,
        IRunObserver observer,
        CancellationToken cancellation,
        Func<Sequence, Sequence>? change = null
    )
    {
        return NightRun.Run(
            request,
            limits,
            observer,
            begun =>
            {
                (NightInventory night, ReductionRequest asked, Recipe recipe, RunRecord record, RunContext run) = begun;
                IReadOnlyList<Observation> observations = TakeInventory.Observations(night, asked, run);
                Masters masters = MakeMasters.Run(night, recipe, run);
                var results = new List<ObservationResult>();
                foreach (Observation observation in observations)
                {
                    string folder = observations.Count == 1 ? "" : observation.Label;
                    ReductionRequest own = NightWords.For(observation.Lights, night, asked);
                    results.Add(Observe(observation, folder, masters, own, recipe, change, run));
                }
                var result = new ReductionResult(run.Output.Path, night, masters, results, run.Notices)
                {
                    HasReport = !request.MeasureOnly,
                };
                run.Settle(); // the record says that all products are there
                record.Finish(result);
                return result;
            },
            cancellation
        );
    }

    private static ObservationResult Observe(
        Observation observation,
        string folder,
        Masters masters,
        ReductionRequest request,
        Recipe recipe,
        Func<Sequence, Sequence>? change,
        RunContext run
    )
    {
        // The reference frame goes first: it chooses the stars that every frame is measured at.
        Sequence prepare = Prepare(masters, recipe);
        ReferenceFrame reference = ReferenceFrame.Choose(observation, request, prepare, run);
        StarList stars = StarList.Choose(reference, request, recipe, run);

        // What happens to each frame while it is in memory.
        var sequence = new Sequence([
            .. Prepare(masters, recipe, reference),
            MatchFrames.Step(reference, recipe),
            MeasureFluxes.Step(reference, stars, recipe),
            KeepFrame.Step(request, recipe.Calibrate, run, folder),
        ]).Changed(change, prepare.Count);
        var collected = new CollectFluxes(observation, reference, stars, recipe);
        IReadOnlyList<FrameOutcome> outcomes = run.Frames("measure", sequence, observation.Lights, reference.Frame, ended: collected.Take);

        // What is known when all frames are through; what needs nothing of it and what nothing else needs is done beside.
        Task<byte[]>? finder = request.MeasureOnly ? null : WriteReport.BeginFinder(reference);
        FluxTable measured = collected.Table(outcomes, request, run);
        _ = run.Later(() => ObservationFile.Write(run.Output.At(folder, "observation.fits"), observation, reference, measured));
        if (finder is null)
        {
            return new ObservationResult(observation, folder, reference, stars, measured, Curve: null);
        }
        FluxTable fluxes = measured.DatedBy(recipe.Curve.Time);
        LightCurve? curve = BuildLightCurve.Run(fluxes, recipe, run.Output.Log);
        if (curve is not null)
        {
            LightCurveCsv.Write(run.Output.At(folder, "lightcurve.csv"), fluxes, curve);
        }
        var result = new ObservationResult(observation, folder, reference, stars, fluxes, curve);
        WriteReport.Run(result, finder, masters, request, run);
        return result;
    }

    /// <summary>What happens to a frame before it is compared with others.</summary>
    internal static Sequence Prepare(Masters masters, Recipe recipe, ReferenceFrame? reference = null) =>
        new([CalibrateFrame.Step(masters, recipe), DetectSources.Step(recipe, reference)]);
}
