using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Stages;
using Albireo.Pipeline.Stars;

namespace Albireo.Pipeline;

/// <summary>What came of a run.</summary>
public sealed record ReductionResult(
    string Output,
    NightInventory Night,
    Masters Masters,
    IReadOnlyList<ObservationResult> Observations,
    IReadOnlyList<string> Notices
)
{
    /// <summary>Whether curve, plots and report were made: not by <c>measure</c>.</summary>
    public bool HasReport { get; init; } = true;

    /// <summary>Whether there is no light curve, since no target was named.</summary>
    public bool HasNoTarget => Observations.All(o => o.Curve is null);

    /// <summary>Whether an input could not be used as a file.</summary>
    public bool HasUnusableInput =>
        Night.Problems.Count > 0
        || Masters.Unusable.Count > 0
        || Observations.Any(o => o.Observation.Misfits.Count > 0 || o.Fluxes.Frames.Any(f => f.IsUnusable));
}
