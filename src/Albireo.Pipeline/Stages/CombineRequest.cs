using Albireo.Science.Calibration;

namespace Albireo.Pipeline.Stages;

/// <summary>What <c>albireo combine</c> is asked for.</summary>
public sealed record CombineRequest
{
    /// <summary>The pictures, all of one size.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The file to write.</summary>
    public required string Output { get; init; }

    /// <summary>How the values of a pixel become one.</summary>
    public StackOptions Options { get; init; } = new();

    /// <summary>The level by which every picture is brought to the first one's, or null.</summary>
    public LevelMethod? Scale { get; init; }

    /// <summary>Whether pictures weigh in proportion to their level, as photon noise has it.</summary>
    public bool IsWeighted { get; init; }
}
