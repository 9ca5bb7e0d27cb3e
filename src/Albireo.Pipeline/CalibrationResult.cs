using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Stages;

namespace Albireo.Pipeline;

/// <summary>What came of a run that ends with calibrated frames.</summary>
public sealed record CalibrationResult(
    string Output,
    NightInventory Night,
    Masters Masters,
    IReadOnlyList<CalibratedObservation> Observations,
    IReadOnlyList<string> Notices
)
{
    /// <summary>Whether an input could not be used as a file.</summary>
    public bool HasUnusableInput =>
        Night.Problems.Count > 0
        || Masters.Unusable.Count > 0
        || Observations.Any(o => o.Observation.Misfits.Count > 0 || o.Outcomes.Any(f => f.IsUnusable));
}

/// <summary>The lights of one observation.</summary>
/// <param name="Observation">Which.</param>
/// <param name="Folder">Below OUT; empty where there is only one.</param>
/// <param name="Outcomes">What became of each light.</param>
public sealed record CalibratedObservation(Observation Observation, string Folder, IReadOnlyList<FrameOutcome> Outcomes);
