using Albireo.Science.Images;

namespace Albireo.Science.Simulation;

/// <summary>A star of the simulated field.</summary>
/// <param name="Name">Unique in the field.</param>
/// <param name="Position">On the first frame, pixels; may lie outside of it.</param>
/// <param name="Magnitude">Above the atmosphere.</param>
public sealed record SimulatedStar(string Name, PixelPosition Position, double Magnitude)
{
    /// <summary>B−V; the air dims stars by it where <see cref="SkyScene.ColourExtinctionMagnitudes"/> is not 0.</summary>
    public double Colour { get; init; } = 0.6;

    /// <summary>Motion against the other stars along x, pixels an hour: a minor planet.</summary>
    public double MotionXPerHour { get; init; }

    /// <summary>Motion against the other stars along y, pixels an hour.</summary>
    public double MotionYPerHour { get; init; }

    /// <summary>Position on the first frame's pixels after some hours.</summary>
    public PixelPosition After(double hours) => new(Position.X + (MotionXPerHour * hours), Position.Y + (MotionYPerHour * hours));
}
