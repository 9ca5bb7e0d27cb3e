namespace Albireo.Pipeline.Plots;

/// <summary>The scatter of every star against its brightness, with what photons, sky, detector and scintillation allow.</summary>
public sealed record PrecisionFigure
{
    /// <summary>A limit as a line; <paramref name="Percent"/> goes with the figure's <see cref="LimitBrightness"/>.</summary>
    public sealed record Limit(string Name, IReadOnlyList<double> Percent);

    public string Title { get; init; } = "Precision";
    public string? Subtitle { get; init; } = "Scatter of each star from frame to frame, and what it cannot fall below";

    /// <summary>Brightness: instrumental magnitude (shown bright to faint) or flux.</summary>
    public required Axis Brightness { get; init; }
    public required IReadOnlyList<double> StarBrightness { get; init; }

    /// <summary>Scatter of each star, %.</summary>
    public required IReadOnlyList<double> StarPercent { get; init; }
    public IReadOnlyList<string>? StarNames { get; init; }

    /// <summary>Stars with a label of their own: the target, the comparison stars. Index → label.</summary>
    public IReadOnlyDictionary<int, string> Named { get; init; } = new Dictionary<int, string>();
    public IReadOnlyList<double> LimitBrightness { get; init; } = [];

    /// <summary>Photon, sky, scintillation, …; the first is the sum of all and drawn full.</summary>
    public IReadOnlyList<Limit> Limits { get; init; } = [];

    public Figure Build()
    {
        ColorSlot[] colors = [ColorSlot.Ink, ColorSlot.Orange, ColorSlot.Sky, ColorSlot.Green, ColorSlot.Purple];
        IEnumerable<Series> lines = Limits.Select(
            (limit, i) =>
                new Series
                {
                    Name = limit.Name,
                    X = LimitBrightness,
                    Y = limit.Percent,
                    Style = i == 0 ? SeriesStyle.Line : SeriesStyle.Dashed,
                    Color = colors[i % colors.Length],
                }
        );
        var stars = new Series
        {
            Name = "star",
            X = StarBrightness,
            Y = StarPercent,
            PointNames = StarNames,
            Opacity = 0.75,
            Size = 2.2,
        };
        int[] named = [.. Named.Keys.Where(i => i >= 0 && i < StarBrightness.Count)];
        var chosen = new Series
        {
            Name = "chosen star",
            X = [.. named.Select(i => StarBrightness[i])],
            Y = [.. named.Select(i => StarPercent[i])],
            Color = ColorSlot.Vermilion,
            Marker = PointMarker.Diamond,
            Size = 4,
        };
        return new Figure
        {
            Title = Title,
            Subtitle = Subtitle,
            X = Brightness,
            Panels =
            [
                new Panel(new Axis("Scatter", "%") { Scale = AxisScale.Logarithmic })
                {
                    Series = [stars, .. lines, chosen],
                    Marks =
                    [
                        .. named
                            .Where(i => StarPercent[i] > 0)
                            .Select(i => new Mark.Circle(StarBrightness[i], StarPercent[i], 0, Named[i]) { Color = ColorSlot.Vermilion }),
                    ],
                },
            ],
            Height = 460,
        };
    }
}
