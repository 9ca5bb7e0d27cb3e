namespace Albireo.Pipeline.Stages;

/// <summary>What <see cref="SimulateNight"/> left in a folder.</summary>
/// <param name="Folder">Where.</param>
/// <param name="TruthPath">truth.json.</param>
/// <param name="Truth">Its content.</param>
public sealed record SimulatedNight(string Folder, string TruthPath, SimulationTruth Truth);
