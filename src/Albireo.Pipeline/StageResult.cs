using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Stages;

namespace Albireo.Pipeline;

/// <summary>What came of a run that ends before anything is measured.</summary>
/// <param name="Output">OUT.</param>
/// <param name="Last">Where it ended.</param>
/// <param name="Night">The inventory.</param>
/// <param name="Masters">The night's masters.</param>
/// <param name="Observations">Every observation with its frames; empty when only masters were made.</param>
public sealed record StageResult(
    string Output,
    FrameStage Last,
    NightInventory Night,
    Masters Masters,
    IReadOnlyList<StageObservation> Observations
)
{
    /// <summary>Whether an input could not be used as a file.</summary>
    public bool HasUnusableInput =>
        Night.Problems.Count > 0
        || Masters.Unusable.Count > 0
        || Observations.Any(o => o.Observation.Misfits.Count > 0 || o.Frames.Any(f => f.IsUnusable));
}
