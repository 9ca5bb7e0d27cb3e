using System.Globalization;

namespace Albireo.Pipeline.Plots;

/// <summary>Each comparison star against the others: who is steady, who is not, and what weight each was given.</summary>
public sealed record ComparisonCurvesFigure
{
    /// <param name="Name">C1, C2, ….</param>
    /// <param name="Flux">Relative to the ensemble without this star, 1 on average; as long as the times.</param>
    /// <param name="Weight">Its part of the ensemble, 0 if it is not used; NaN if not known.</param>
    /// <param name="Scatter">Point-to-point scatter as a fraction; NaN if not known.</param>
    /// <param name="Reason">Why it was used or not, in a few words, or null.</param>
    public sealed record Star(string Name, IReadOnlyList<double> Flux, double Weight, double Scatter, string? Reason = null);

    public string Title { get; init; } = "Comparison stars";
    public string? Subtitle { get; init; } = "Each star over the others of the ensemble";
    public required string TimeLabel { get; init; }
    public required IReadOnlyList<double> Times { get; init; }
    public required IReadOnlyList<Star> Stars { get; init; }
    public IReadOnlyList<PointState>? States { get; init; }
    public IReadOnlyList<string>? FrameNames { get; init; }

    /// <summary>How many stars are shown; the rest is in the table.</summary>
    public int Most { get; init; } = 15;

    public Figure Build()
    {
        List<Panel> panels = [.. Stars.Take(Most).Select(PanelOf)];
        if (panels.Count == 0)
        {
            panels.Add(new Panel(new Axis("Relative flux")));
        }
        return new Figure
        {
            Title = Title,
            Subtitle = Stars.Count > Most ? $"{Subtitle}; the first {Most} of {Stars.Count}" : Subtitle,
            X = Axis.OfJulianDate(TimeLabel),
            Panels = panels,
            Height = 110 + (112 * panels.Count),
        };
    }

    private Panel PanelOf(Star star) =>
        new(new Axis(star.Name))
        {
            Caption = CaptionOf(star),
            Series =
            [
                new Series
                {
                    Name = star.Name,
                    X = Times,
                    Y = star.Flux,
                    States = States,
                    PointNames = FrameNames,
                    Color = star.Weight == 0 ? ColorSlot.Muted : ColorSlot.Blue,
                    Marker = star.Weight == 0 ? PointMarker.Ring : PointMarker.Dot,
                    Size = 1.9,
                },
            ],
            Marks = [new Mark.HorizontalLine(1)],
            Legend = false,
        };

    private static string CaptionOf(Star star)
    {
        var parts = new List<string> { star.Name };
        if (double.IsFinite(star.Weight))
        {
            parts.Add(star.Weight == 0 ? "not used" : string.Create(CultureInfo.InvariantCulture, $"weight {star.Weight:0.000}"));
        }
        if (double.IsFinite(star.Scatter))
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"scatter {100 * star.Scatter:0.00} %"));
        }
        if (!string.IsNullOrEmpty(star.Reason))
        {
            parts.Add(star.Reason);
        }
        return string.Join(" · ", parts);
    }
}
