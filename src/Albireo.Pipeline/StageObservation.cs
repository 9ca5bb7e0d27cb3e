using Albireo.Pipeline.Inventory;

namespace Albireo.Pipeline;

/// <summary>The frames of one observation, as far as they got.</summary>
/// <param name="Observation">Its lights.</param>
/// <param name="Folder">Where its products lie, below OUT; empty for OUT itself.</param>
/// <param name="Frames">What became of each light, in time order.</param>
public sealed record StageObservation(Observation Observation, string Folder, IReadOnlyList<FrameOutcome> Frames);
