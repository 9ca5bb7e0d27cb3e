using static Albireo.Pipeline.Plots.Markup;

namespace Albireo.Pipeline.Plots;

/// <summary>Guide lines, bands, circles and labels of one panel.</summary>
/// <param name="svg">Where they are drawn.</param>
/// <param name="space">The panel's coordinates.</param>
/// <param name="onPicture">Everything gets a dark rim, to be seen on any picture.</param>
internal sealed class SvgMarks(SvgText svg, PlotSpace space, bool onPicture)
{
    private readonly LabelPlacer placer = new(space.Box);

    /// <summary>Bands, which lie under the data.</summary>
    public void DrawBehind(IEnumerable<Mark> marks)
    {
        foreach (Mark mark in marks)
        {
            PlotBox? band = mark switch
            {
                Mark.VerticalBand v => Between(space.AtX(v.From), space.Box.Top, space.AtX(v.To), space.Box.Bottom),
                Mark.HorizontalBand h => Between(space.Box.Left, space.AtY(h.From), space.Box.Right, space.AtY(h.To)),
                _ => null,
            };
            if (band is { } box)
            {
                svg.Rectangle(SvgStyle.Fill(mark.Color), box, " opacity=\"0.14\"");
            }
        }
    }

    /// <summary>Lines and circles, over the data and clipped to the panel.</summary>
    public void DrawShapes(IEnumerable<Mark> marks)
    {
        PlotBox box = space.Box;
        foreach (Mark mark in marks)
        {
            string dashes = mark.Dashed ? " stroke-dasharray=\"5 4\"" : "";
            switch (mark)
            {
                case Mark.VerticalLine line when double.IsFinite(space.AtX(line.X)):
                    svg.Line(
                        $"line {SvgStyle.Stroke(mark.Color)}",
                        space.AtX(line.X),
                        box.Top,
                        space.AtX(line.X),
                        box.Bottom,
                        " stroke-width=\"1.1\"" + dashes
                    );
                    break;
                case Mark.HorizontalLine line when double.IsFinite(space.AtY(line.Y)):
                    svg.Line(
                        $"line {SvgStyle.Stroke(mark.Color)}",
                        box.Left,
                        space.AtY(line.Y),
                        box.Right,
                        space.AtY(line.Y),
                        " stroke-width=\"1.1\"" + dashes
                    );
                    break;
                case Mark.Circle circle when IsFinite(circle.X, circle.Y):
                    DrawCircle(circle, dashes);
                    break;
                case Mark.Segment segment when IsFinite(segment.FromX, segment.FromY) && IsFinite(segment.ToX, segment.ToY):
                    DrawSegment(segment, dashes);
                    break;
            }
        }
    }

    /// <summary>Labels, each where it covers neither another nor a circle.</summary>
    public void DrawLabels(IReadOnlyList<Mark> marks)
    {
        foreach (Mark.Circle circle in marks.OfType<Mark.Circle>().Where(c => IsFinite(c.X, c.Y)))
        {
            (double x, double y, double r) = (space.AtX(circle.X), space.AtY(circle.Y), circle.Radius * space.UnitX);
            double half = Math.Max(0.8 * r, 6);
            placer.Avoid(new PlotBox(x - half, y - half, 2 * half, 2 * half));
        }
        foreach (Mark.Segment segment in marks.OfType<Mark.Segment>())
        {
            if (Between(space.AtX(segment.FromX), space.AtY(segment.FromY), space.AtX(segment.ToX), space.AtY(segment.ToY)) is { } box)
            {
                placer.Avoid(box);
            }
        }
        foreach (Mark mark in marks)
        {
            (string? label, IEnumerable<LabelPlacer.Place> places) = Places(mark);
            if (!string.IsNullOrEmpty(label))
            {
                LabelPlacer.Place place = placer.Choose(label, SvgStyle.TickSize, places);
                svg.Text($"{(onPicture ? "over" : "note")} {SvgStyle.Fill(mark.Color)}", place.X, place.Baseline, label, place.Anchor);
            }
        }
    }

    private (string? Label, IEnumerable<LabelPlacer.Place> Places) Places(Mark mark)
    {
        const double size = SvgStyle.TickSize;
        PlotBox box = space.Box;
        switch (mark)
        {
            case Mark.VerticalLine line when Within(space.AtX(line.X), box.Left, box.Right):
                return (line.Label, AlongTop(space.AtX(line.X), 5));
            case Mark.VerticalBand band:
                double middle =
                    (Math.Clamp(space.AtX(band.From), box.Left, box.Right) + Math.Clamp(space.AtX(band.To), box.Left, box.Right)) / 2;
                return (band.Label, [new(middle, box.Top + size + 4, 0), new(middle, box.Bottom - 6, 0), .. AlongTop(middle, 0)]);
            case Mark.HorizontalLine line when Within(space.AtY(line.Y), box.Top, box.Bottom):
                return (line.Label, AlongSides(space.AtY(line.Y)));
            case Mark.HorizontalBand band:
                return (band.Label, AlongSides(Math.Min(space.AtY(band.From), space.AtY(band.To)) + size + 6));
            case Mark.Text text when IsFinite(text.X, text.Y):
                (double x, double y) = (space.AtX(text.X), space.AtY(text.Y));
                return (text.Label, [new(x, y + 4, 0), .. LabelPlacer.Around(x, y, 2, size)]);
            case Mark.Circle circle when IsFinite(circle.X, circle.Y) && Within(space.AtX(circle.X), box.Left, box.Right):
                return (circle.Label, LabelPlacer.Around(space.AtX(circle.X), space.AtY(circle.Y), circle.Radius * space.UnitX, size));
            case Mark.Segment segment when segment.Arrow && IsFinite(segment.ToX, segment.ToY):
                return (segment.Label, BeyondEnd(segment));
            case Mark.Segment segment when IsFinite(segment.FromX, segment.ToY):
                double centre = (space.AtX(segment.FromX) + space.AtX(segment.ToX)) / 2;
                double above = Math.Min(space.AtY(segment.FromY), space.AtY(segment.ToY));
                return (segment.Label, [new(centre, above - 6, 0), new(centre, above + size + 6, 0)]);
            default:
                return (null, []);
        }
    }

    private IEnumerable<LabelPlacer.Place> AlongTop(double x, double aside)
    {
        for (int row = 0; row < 6; row++)
        {
            double baseline = space.Box.Top + ((SvgStyle.TickSize + 3) * (row + 1)) + 2;
            yield return new LabelPlacer.Place(x + aside, baseline, -1);
            yield return new LabelPlacer.Place(x - aside, baseline, 1);
        }
    }

    private IEnumerable<LabelPlacer.Place> AlongSides(double y)
    {
        foreach (double baseline in new[] { y - 5, y + SvgStyle.TickSize + 3 })
        {
            yield return new LabelPlacer.Place(space.Box.Right - 6, baseline, 1);
            yield return new LabelPlacer.Place(space.Box.Left + 6, baseline, -1);
            yield return new LabelPlacer.Place(space.Box.Left + (space.Box.Width / 2), baseline, 0);
        }
    }

    private IEnumerable<LabelPlacer.Place> BeyondEnd(Mark.Segment segment)
    {
        (double fromX, double fromY) = (space.AtX(segment.FromX), space.AtY(segment.FromY));
        (double x, double y) = (space.AtX(segment.ToX), space.AtY(segment.ToY));
        double length = Math.Max(1e-6, Math.Sqrt(((x - fromX) * (x - fromX)) + ((y - fromY) * (y - fromY))));
        yield return new LabelPlacer.Place(x + ((x - fromX) / length * 9), y + ((y - fromY) / length * 9) + 4, 0);
    }

    private void DrawCircle(Mark.Circle circle, string dashes)
    {
        (double x, double y, double r) = (space.AtX(circle.X), space.AtY(circle.Y), circle.Radius * space.UnitX);
        if (onPicture)
        {
            svg.Circle("shade", x, y, r, " stroke-width=\"2.8\"");
        }
        svg.Circle($"line {SvgStyle.Stroke(circle.Color)}", x, y, r, " stroke-width=\"1.4\"" + dashes);
    }

    private void DrawSegment(Mark.Segment segment, string dashes)
    {
        (double fromX, double fromY) = (space.AtX(segment.FromX), space.AtY(segment.FromY));
        (double x, double y) = (space.AtX(segment.ToX), space.AtY(segment.ToY));
        var pieces = new List<string> { $"M{Number(fromX)} {Number(fromY)}L{Number(x)} {Number(y)}" };
        if (segment.Arrow)
        {
            double angle = Math.Atan2(y - fromY, x - fromX);
            (double ax, double ay) = (x - (7 * Math.Cos(angle - 0.45)), y - (7 * Math.Sin(angle - 0.45)));
            (double bx, double by) = (x - (7 * Math.Cos(angle + 0.45)), y - (7 * Math.Sin(angle + 0.45)));
            pieces.Add($"M{Number(ax)} {Number(ay)}L{Number(x)} {Number(y)}L{Number(bx)} {Number(by)}");
        }
        if (onPicture)
        {
            svg.Path("shade", pieces, " stroke-width=\"3\"");
        }
        svg.Path($"line {SvgStyle.Stroke(segment.Color)}", pieces, " stroke-width=\"1.6\"" + dashes);
    }

    private bool IsFinite(double x, double y) => double.IsFinite(space.AtX(x)) && double.IsFinite(space.AtY(y));

    private static bool Within(double value, double low, double high) => value >= low && value <= high;

    private static PlotBox? Between(double x1, double y1, double x2, double y2) =>
        double.IsFinite(x1 + y1 + x2 + y2) ? new PlotBox(Math.Min(x1, x2), Math.Min(y1, y2), Math.Abs(x2 - x1), Math.Abs(y2 - y1)) : null;
}
