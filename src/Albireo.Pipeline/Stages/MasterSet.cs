namespace Albireo.Pipeline.Stages;

/// <summary>What is removed from one frame, with a sentence for everything that is not as one would wish.</summary>
public sealed record MasterSet(Master? Bias, Master? Dark, double DarkScale, Master? Flat, IReadOnlyList<string> Remarks)
{
    /// <summary>A bias that is known but goes with the dark: it tells how much of the raw counts is light, and nothing else.</summary>
    public Master? Pedestal { get; init; }

    /// <summary>How much of the bias is removed by itself: what a dark that holds the bias does not take away with it.</summary>
    public double BiasScale => Dark is { HoldsBias: true } ? 1 - DarkScale : 1;
}
