namespace Albireo.Science.Calibration;

/// <summary>What goes with the frames of a stack: a factor and a weight for each, and what is known of their noise.</summary>
public sealed record StackTerms
{
    /// <summary>No factors, no weights, noise from the scatter of the values.</summary>
    public static StackTerms None { get; } = new();

    /// <summary>Factor for each frame's values before they are compared and combined; empty is 1 for all.</summary>
    public IReadOnlyList<double> Scales { get; init; } = [];

    /// <summary>Weight of each frame in a mean, proportional to its inverse variance after scaling; empty is 1 for all.</summary>
    public IReadOnlyList<double> Weights { get; init; } = [];

    /// <summary>The noise of single values, or null where only their scatter tells it.</summary>
    public StackNoise? Noise { get; init; }
}
