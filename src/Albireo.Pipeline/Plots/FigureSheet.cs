namespace Albireo.Pipeline.Plots;

/// <summary>Several figures as one drawing, in rows; figures of a row stand side by side and share the sheet's width.</summary>
public sealed record FigureSheet
{
    public required string Title { get; init; }
    public string? Subtitle { get; init; }
    public required IReadOnlyList<IReadOnlyList<Figure>> Rows { get; init; }
}
