using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Options;
using Albireo.Pipeline.Products;
using Albireo.Pipeline.Runs;
using Albireo.Pipeline.Stages;

namespace Albireo.Pipeline;

/// <summary>How every run over raw frames begins: OUT is opened, the night looked through, the settings bound, run.json written first.</summary>
/// <param name="Night">What there is.</param>
/// <param name="Asked">The request, completed by night files and profiles.</param>
/// <param name="Recipe">All settings.</param>
/// <param name="Record">run.json, begun.</param>
/// <param name="Context">Where products go and who watches.</param>
internal sealed record NightRun(NightInventory Night, ReductionRequest Asked, Recipe Recipe, RunRecord Record, RunContext Context)
{
    /// <summary>Begins a run and does the rest of it.</summary>
    /// <exception cref="AlbireoException">The request is wrong, or there is no result.</exception>
    public static T Run<T>(
        ReductionRequest request,
        ResourceLimits limits,
        IRunObserver observer,
        Func<NightRun, T> work,
        CancellationToken cancellation
    )
    {
        RecipeBinder.Bind(request.Settings); // a slip on the command line is said before anything is read
        using OutputFolder output = OutputFolder.Open(request.Output);
        if (request.IsFresh)
        {
            output.Forget();
        }
        var context = new RunContext(output, observer, limits, cancellation);
        return context.Logged(() =>
        {
            (NightInventory night, InventoryOptions options) = TakeInventory.Look(request, context);
            ReductionRequest asked = NightWords.Complete(request, night, context);
            Recipe bound = RecipeBinder.Bind(asked.Settings);
            Recipe recipe = bound with { Calibrate = bound.Calibrate with { NominalWcs = bound.Calibrate.NominalWcs.Towards(asked.Sky) } };
            RunRecord record = RunRecord.Start(asked, recipe, context);
            try
            {
                TakeInventory.Tell(night, options, context);
                return work(new NightRun(night, asked, recipe, record, context));
            }
            catch (Exception e)
            {
                record.Fail(e, context.Notices);
                throw;
            }
        });
    }
}
