namespace Albireo.Pipeline.Plots;

/// <summary>Quantities of each frame over time, one panel below the other.</summary>
public sealed record TimeSeriesFigure
{
    private static readonly ColorSlot[] Colors = [ColorSlot.Blue, ColorSlot.Vermilion, ColorSlot.Green, ColorSlot.Purple, ColorSlot.Orange];
    private static readonly PointMarker[] Markers =
    [
        PointMarker.Dot,
        PointMarker.Diamond,
        PointMarker.Triangle,
        PointMarker.Square,
        PointMarker.Ring,
    ];

    /// <summary>One panel: its axis and named columns of values, each as long as the times; a panel without a finite value is dropped.</summary>
    public sealed record Quantity(Axis Axis, params IReadOnlyList<(string Name, IReadOnlyList<double> Values)> Columns)
    {
        /// <summary>A quantity with a single column.</summary>
        public static Quantity Of(string label, string? unit, IReadOnlyList<double> values) => new(new Axis(label, unit), (label, values));
    }

    public required string Title { get; init; }
    public string? Subtitle { get; init; }
    public required string TimeLabel { get; init; }
    public required IReadOnlyList<double> Times { get; init; }
    public required IReadOnlyList<Quantity> Quantities { get; init; }
    public IReadOnlyList<PointState>? States { get; init; }
    public IReadOnlyList<string>? FrameNames { get; init; }
    public double? FlipTime { get; init; }

    /// <summary>What moves with the observing conditions, to be compared with the curve itself: prose's systematics plot.</summary>
    public static TimeSeriesFigure Systematics(
        string timeLabel,
        IReadOnlyList<double> times,
        IReadOnlyList<double> flux,
        IReadOnlyList<double> x,
        IReadOnlyList<double> y,
        IReadOnlyList<double> fwhm,
        IReadOnlyList<double> airmass,
        IReadOnlyList<double> sky,
        string skyUnit
    ) =>
        new()
        {
            Title = "Systematics",
            Subtitle = "What follows one of these may be the instrument or the sky rather than the star",
            TimeLabel = timeLabel,
            Times = times,
            Quantities =
            [
                Quantity.Of("Flux", null, flux),
                Quantity.Of("x", "pixel", x),
                Quantity.Of("y", "pixel", y),
                Quantity.Of("FWHM", "pixel", fwhm),
                Quantity.Of("Airmass", null, airmass),
                Quantity.Of("Sky", skyUnit, sky),
            ],
        };

    /// <summary>Seeing, sky and drift of each frame.</summary>
    public static TimeSeriesFigure PerFrame(
        string timeLabel,
        IReadOnlyList<double> times,
        IReadOnlyList<double> fwhm,
        IReadOnlyList<double> sky,
        string skyUnit,
        IReadOnlyList<double> shiftX,
        IReadOnlyList<double> shiftY
    ) =>
        new()
        {
            Title = "Frames",
            Subtitle = "Image quality, sky and drift from frame to frame",
            TimeLabel = timeLabel,
            Times = times,
            Quantities =
            [
                Quantity.Of("FWHM", "pixel", fwhm),
                Quantity.Of("Sky", skyUnit, sky),
                new Quantity(new Axis("Shift", "pixel"), ("along x", shiftX), ("along y", shiftY)),
            ],
        };

    public Figure Build()
    {
        List<Panel> panels = [.. Quantities.Where(q => q.Columns.Any(c => c.Values.Any(double.IsFinite))).Select(PanelOf)];
        if (panels.Count == 0)
        {
            panels.Add(new Panel(new Axis("")));
        }
        return new Figure
        {
            Title = Title,
            Subtitle = Subtitle,
            X = Axis.OfJulianDate(TimeLabel),
            Panels = panels,
            Height = 110 + (118 * panels.Count),
        };
    }

    private Panel PanelOf(Quantity quantity) =>
        new(quantity.Axis)
        {
            Series =
            [
                .. quantity.Columns.Select(
                    (column, i) =>
                        new Series
                        {
                            Name = column.Name,
                            X = Times,
                            Y = column.Values,
                            States = States,
                            PointNames = FrameNames,
                            Color = Colors[i % Colors.Length],
                            Marker = Markers[i % Markers.Length],
                            Size = 1.9,
                        }
                ),
            ],
            Marks = FlipTime is { } flip ? [new Mark.VerticalLine(flip, "meridian flip") { Color = ColorSlot.Purple, Dashed = true }] : [],
            Legend = quantity.Columns.Count > 1,
        };
}
