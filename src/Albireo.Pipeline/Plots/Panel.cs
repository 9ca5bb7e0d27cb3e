namespace Albireo.Pipeline.Plots;

/// <summary>One pair of axes of a <see cref="Figure"/>.</summary>
/// <param name="Y">The vertical axis; the horizontal one belongs to the figure.</param>
public sealed record Panel(Axis Y)
{
    public IReadOnlyList<Series> Series { get; init; } = [];
    public IReadOnlyList<Mark> Marks { get; init; } = [];
    public Picture? Picture { get; init; }

    /// <summary>A line of text above the panel, at its left; null for none.</summary>
    public string? Caption { get; init; }

    /// <summary>Its part of the figure's height, relative to the other panels.</summary>
    public double Share { get; init; } = 1;

    /// <summary>A legend above the panel; without one where there is a single series.</summary>
    public bool Legend { get; init; } = true;
}
