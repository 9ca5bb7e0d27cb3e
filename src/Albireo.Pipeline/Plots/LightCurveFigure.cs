namespace Albireo.Pipeline.Plots;

/// <summary>The light curve: single frames, bins, the model, its residuals and the check star.</summary>
public sealed record LightCurveFigure
{
    public required string Title { get; init; }
    public string? Subtitle { get; init; }

    /// <summary>Scale of the times: <c>BJD_TDB</c>, <c>JD_UTC</c>.</summary>
    public required string TimeLabel { get; init; }

    /// <summary>Mid-exposure, days.</summary>
    public required IReadOnlyList<double> Times { get; init; }

    /// <summary>Relative flux of the target; NaN where a frame has none.</summary>
    public required IReadOnlyList<double> Flux { get; init; }
    public IReadOnlyList<double>? FluxError { get; init; }
    public IReadOnlyList<PointState>? States { get; init; }
    public IReadOnlyList<string>? FrameNames { get; init; }
    public IReadOnlyList<double> BinTimes { get; init; } = [];
    public IReadOnlyList<double> BinFlux { get; init; } = [];
    public IReadOnlyList<double>? BinError { get; init; }

    /// <summary>What the bins are, for the legend: <c>bins of 7.2 min</c>.</summary>
    public string BinName { get; init; } = "bins";

    /// <summary>The model on a grid of its own, in the order of time.</summary>
    public IReadOnlyList<double> ModelTimes { get; init; } = [];
    public IReadOnlyList<double> ModelFlux { get; init; } = [];

    /// <summary>Flux less model of each frame, or null if there is no model.</summary>
    public IReadOnlyList<double>? Residuals { get; init; }
    public IReadOnlyList<double>? CheckFlux { get; init; }

    /// <summary>When the mount was flipped, or null.</summary>
    public double? FlipTime { get; init; }
    public double? MidTransit { get; init; }

    /// <summary>First and last contact, or null.</summary>
    public (double First, double Last)? Transit { get; init; }

    public Figure Build()
    {
        bool binned = BinTimes.Count > 0;
        var curve = new List<Series>
        {
            new()
            {
                Name = "one frame",
                X = Times,
                Y = Flux,
                YError = FluxError,
                States = States,
                PointNames = FrameNames,
                Color = binned ? ColorSlot.Sky : ColorSlot.Blue,
                Opacity = binned ? 0.55 : 0.9,
            },
        };
        if (binned)
        {
            curve.Add(Bins());
        }
        if (ModelTimes.Count > 0)
        {
            curve.Add(
                new Series
                {
                    Name = "model",
                    X = ModelTimes,
                    Y = ModelFlux,
                    Style = SeriesStyle.Line,
                    Color = ColorSlot.Vermilion,
                }
            );
        }
        var panels = new List<Panel>
        {
            new(new Axis("Relative flux"))
            {
                Series = curve,
                Marks = [.. Guides()],
                Share = 3,
            },
        };
        if (Residuals is not null)
        {
            panels.Add(Residual(Residuals));
        }
        if (CheckFlux is not null)
        {
            panels.Add(Check(CheckFlux));
        }
        return new Figure
        {
            Title = Title,
            Subtitle = Subtitle,
            Description = Description(),
            X = Axis.OfJulianDate(TimeLabel),
            Panels = panels,
            Height = 300 + (110 * panels.Count),
        };
    }

    private Series Bins() =>
        new()
        {
            Name = BinName,
            X = BinTimes,
            Y = BinFlux,
            YError = BinError,
            Color = ColorSlot.Ink,
            Size = 2.8,
        };

    private Panel Residual(IReadOnlyList<double> residuals) =>
        new(new Axis("Residual", "%"))
        {
            Series =
            [
                new Series
                {
                    Name = "flux less model",
                    X = Times,
                    Y = [.. residuals.Select(r => 100 * r)],
                    States = States,
                    PointNames = FrameNames,
                },
            ],
            Marks = [new Mark.HorizontalLine(0)],
            Legend = false,
        };

    private Panel Check(IReadOnlyList<double> flux) =>
        new(new Axis("Check star"))
        {
            Series =
            [
                new Series
                {
                    Name = "check star",
                    X = Times,
                    Y = flux,
                    States = States,
                    PointNames = FrameNames,
                    Color = ColorSlot.Green,
                    Marker = PointMarker.Diamond,
                    Size = 2,
                },
            ],
            Marks = [new Mark.HorizontalLine(1)],
            Legend = false,
        };

    private IEnumerable<Mark> Guides()
    {
        if (Transit is { } transit)
        {
            yield return new Mark.VerticalBand(transit.First, transit.Last) { Color = ColorSlot.Muted };
        }
        if (MidTransit is { } middle)
        {
            yield return new Mark.VerticalLine(middle, "mid-transit") { Dashed = true };
        }
        if (FlipTime is { } flip)
        {
            yield return new Mark.VerticalLine(flip, "meridian flip") { Color = ColorSlot.Purple, Dashed = true };
        }
    }

    private string Description()
    {
        int shown = Flux.Count(double.IsFinite);
        int leftOut = States?.Count(s => s == PointState.Flagged) ?? 0;
        return $"Relative flux against {TimeLabel} for {shown} frames, {leftOut} of them left out.";
    }
}
