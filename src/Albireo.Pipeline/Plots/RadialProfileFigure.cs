namespace Albireo.Pipeline.Plots;

/// <summary>A star's pixels by their distance from its centre, with the model, the apertures and the sky annulus.</summary>
public sealed record RadialProfileFigure
{
    public string Title { get; init; } = "Radial profile";
    public string? Subtitle { get; init; }

    /// <summary>Distance of each pixel from the centroid.</summary>
    public required IReadOnlyList<double> RadiusPixels { get; init; }
    public required IReadOnlyList<double> Values { get; init; }
    public required string ValueLabel { get; init; }
    public string? ValueUnit { get; init; }
    public IReadOnlyList<double> ModelRadiusPixels { get; init; } = [];
    public IReadOnlyList<double> ModelValues { get; init; } = [];
    public string ModelName { get; init; } = "model";

    /// <summary>Radii that were measured; the chosen one is drawn full.</summary>
    public IReadOnlyList<double> ApertureRadiiPixels { get; init; } = [];
    public double? ChosenRadiusPixels { get; init; }
    public (double Inner, double Outer)? AnnulusPixels { get; init; }
    public double? FwhmPixels { get; init; }

    public Figure Build()
    {
        var marks = new List<Mark>();
        if (AnnulusPixels is { } annulus)
        {
            marks.Add(new Mark.VerticalBand(annulus.Inner, annulus.Outer, "sky annulus") { Color = ColorSlot.Sky });
        }
        marks.AddRange(
            ApertureRadiiPixels
                .Where(r => r != ChosenRadiusPixels)
                .Select(r => new Mark.VerticalLine(r) { Color = ColorSlot.Muted, Dashed = true })
        );
        if (FwhmPixels is { } fwhm && double.IsFinite(fwhm))
        {
            marks.Add(new Mark.VerticalLine(fwhm / 2, "½ FWHM") { Color = ColorSlot.Green, Dashed = true });
        }
        if (ChosenRadiusPixels is { } chosen)
        {
            marks.Add(new Mark.VerticalLine(chosen, "aperture") { Color = ColorSlot.Vermilion });
        }
        var pixels = new Series
        {
            Name = "pixel",
            X = RadiusPixels,
            Y = Values,
            Size = 1.7,
            Opacity = 0.7,
        };
        var model = new Series
        {
            Name = ModelName,
            X = ModelRadiusPixels,
            Y = ModelValues,
            Style = SeriesStyle.Line,
            Color = ColorSlot.Ink,
        };
        return Figure.Of(
            Title,
            new Axis("Distance from the centre", "pixel") { Min = 0 },
            new Axis(ValueLabel, ValueUnit),
            pixels,
            model
        ) with
        {
            Subtitle = Subtitle,
            Panels =
            [
                new Panel(new Axis(ValueLabel, ValueUnit)) { Series = ModelValues.Count > 0 ? [pixels, model] : [pixels], Marks = marks },
            ],
            Height = 400,
        };
    }
}
