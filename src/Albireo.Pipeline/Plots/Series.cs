namespace Albireo.Pipeline.Plots;

/// <summary>Points that belong together. A point with a NaN coordinate is not drawn.</summary>
public sealed record Series
{
    public required string Name { get; init; }

    public required IReadOnlyList<double> X { get; init; }

    /// <summary>As long as <see cref="X"/>.</summary>
    public required IReadOnlyList<double> Y { get; init; }

    /// <summary>One standard error of each y; null if unknown, NaN where one is.</summary>
    public IReadOnlyList<double>? YError { get; init; }

    /// <summary>Whether each point entered the result; null if all did.</summary>
    public IReadOnlyList<PointState>? States { get; init; }

    /// <summary>One name a point (the frame), for whoever points at it; null if there is none.</summary>
    public IReadOnlyList<string>? PointNames { get; init; }

    public SeriesStyle Style { get; init; }
    public PointMarker Marker { get; init; }
    public ColorSlot Color { get; init; } = ColorSlot.Blue;

    /// <summary>Radius of a point or width of a line, in drawing units; null for the style's own.</summary>
    public double? Size { get; init; }

    /// <summary>1 opaque … 0 invisible.</summary>
    public double Opacity { get; init; } = 1;
    public bool InLegend { get; init; } = true;

    internal bool IsUsed(int index) => States is null || States[index] == PointState.Used;

    internal void Check()
    {
        foreach (
            (string what, int? length) in new[]
            {
                ("y", (int?)Y.Count),
                ("error", YError?.Count),
                ("state", States?.Count),
                ("point name", PointNames?.Count),
            }
        )
        {
            if (length is { } found && found != X.Count)
            {
                throw new InvalidOperationException($"Series '{Name}' has {X.Count} x values and {found} {what} values.");
            }
        }
    }
}
