using System.Collections;
using System.Diagnostics;
using Albireo.Fits;
using Albireo.Pipeline.Frames;
using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Runs;

namespace Albireo.Pipeline;

/// <summary>What became of a frame in a sequence.</summary>
/// <param name="Frame">As the last step left it; its pictures are gone, its tables stay.</param>
/// <param name="StoppedBy">The step that discarded it or failed on it, or null.</param>
/// <param name="Reason">Why, in a sentence, or null.</param>
/// <param name="IsUnusable">The file could not be used as a file (unreadable, contradictory), not merely left out for what it shows.</param>
public sealed record FrameOutcome(Frame Frame, string? StoppedBy, string? Reason, bool IsUnusable)
{
    public bool IsUsed => StoppedBy is null;

    /// <summary>Whether its product lies in OUT from an earlier run and nothing that it depends on has changed.</summary>
    public bool IsReused { get; init; }
}
