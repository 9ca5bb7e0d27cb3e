namespace Albireo.Pipeline.Plots;

/// <summary>The raw flux of the target beside the artificial comparison star, and their quotient below.</summary>
public sealed record RawDifferenceFigure
{
    public string Title { get; init; } = "Target and ensemble";
    public string? Subtitle { get; init; } = "What both share is the sky; what remains below is the star";
    public required string TimeLabel { get; init; }
    public required IReadOnlyList<double> Times { get; init; }

    /// <summary>Raw flux over its median.</summary>
    public required IReadOnlyList<double> Target { get; init; }

    /// <summary>Flux of the ensemble over its median.</summary>
    public required IReadOnlyList<double> Ensemble { get; init; }
    public required IReadOnlyList<double> RelativeFlux { get; init; }
    public IReadOnlyList<PointState>? States { get; init; }
    public IReadOnlyList<string>? FrameNames { get; init; }

    public Figure Build()
    {
        Series Points(string name, IReadOnlyList<double> values, ColorSlot color, PointMarker marker) =>
            new()
            {
                Name = name,
                X = Times,
                Y = values,
                States = States,
                PointNames = FrameNames,
                Color = color,
                Marker = marker,
                Size = 1.9,
            };
        return new Figure
        {
            Title = Title,
            Subtitle = Subtitle,
            X = Axis.OfJulianDate(TimeLabel),
            Panels =
            [
                new Panel(new Axis("Raw flux over median"))
                {
                    Series =
                    [
                        Points("target", Target, ColorSlot.Vermilion, PointMarker.Dot),
                        Points("ensemble", Ensemble, ColorSlot.Blue, PointMarker.Diamond),
                    ],
                },
                new Panel(new Axis("Relative flux"))
                {
                    Series = [Points("target over ensemble", RelativeFlux, ColorSlot.Ink, PointMarker.Dot)],
                    Legend = false,
                },
            ],
            Height = 470,
        };
    }
}
