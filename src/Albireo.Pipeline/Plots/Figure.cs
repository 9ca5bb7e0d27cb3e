namespace Albireo.Pipeline.Plots;

/// <summary>A plot as data: panels stacked over one horizontal axis. <see cref="SvgWriter"/> draws it, <see cref="FigureJson"/> ships it.</summary>
public sealed record Figure
{
    public required string Title { get; init; }
    public string? Subtitle { get; init; }

    /// <summary>What is to be seen, in a sentence, for those who cannot see it.</summary>
    public string? Description { get; init; }

    public required Axis X { get; init; }

    /// <summary>From top to bottom.</summary>
    public required IReadOnlyList<Panel> Panels { get; init; }

    /// <summary>In drawing units (CSS pixels).</summary>
    public int Width { get; init; } = 760;

    /// <summary>In drawing units; ignored where <see cref="EqualScale"/> decides.</summary>
    public int Height { get; init; } = 420;

    /// <summary>One unit of x is as long as one of y, as pictures need it.</summary>
    public bool EqualScale { get; init; }

    /// <summary>A figure with one panel.</summary>
    public static Figure Of(string title, Axis x, Axis y, params IReadOnlyList<Series> series) =>
        new()
        {
            Title = title,
            X = x,
            Panels = [new Panel(y) { Series = series }],
        };
}
