using Albireo.Science.Images;

namespace Albireo.Science.Simulation;

/// <summary>A star of the simulated field.</summary>
/// <param name="Name">Unique in the field.</param>
/// <param name="Position">On the first frame, pixels; may lie outside of it.</param>
/// <param name="Magnitude">Above the atmosphere.</param>
public sealed record SimulatedStar(string Name, PixelPosition Position, double Magnitude);
