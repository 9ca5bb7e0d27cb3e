using static Albireo.Pipeline.Plots.Markup;

namespace Albireo.Pipeline.Plots;

/// <summary>Title, axes, legends and panels of one figure.</summary>
internal static class SvgFigure
{
    public static void Draw(SvgText svg, Figure figure, FigureLayout layout)
    {
        double y = 26;
        foreach (string line in layout.TitleLines)
        {
            svg.Text("title", 14, y, line);
            y += 19;
        }
        foreach (string line in layout.SubtitleLines)
        {
            svg.Text("sub", 14, y - 1, line);
            y += 16;
        }
        for (int i = 0; i < layout.Panels.Count; i++)
        {
            DrawPanel(svg, layout, layout.Panels[i], last: i == layout.Panels.Count - 1);
        }
        PlotBox bottom = layout.Panels[^1].Box;
        svg.Text("label", bottom.Left + (bottom.Width / 2), bottom.Bottom + 36, layout.X.Label, anchor: 0);
    }

    private static void DrawPanel(SvgText svg, FigureLayout layout, FigureLayout.PanelLayout panel, bool last)
    {
        PlotBox box = panel.Box;
        svg.Raw("<g>");
        if (!string.IsNullOrEmpty(panel.Panel.Caption))
        {
            svg.Text("tick", box.Left, panel.Top + 12, panel.Panel.Caption);
        }
        foreach (FigureLayout.LegendEntry entry in panel.Legend)
        {
            SvgSeries.DrawSwatch(svg, entry);
            svg.Text("tick", entry.X + 22, entry.Y + 4, entry.Text);
        }
        var space = new PlotSpace(box, layout.X, panel.Y);
        bool picture = panel.Panel.Picture is not null;
        if (!picture)
        {
            DrawGrid(svg, space);
        }
        svg.Raw(
            $"<svg x=\"{Number(box.Left)}\" y=\"{Number(box.Top)}\" width=\"{Number(box.Width)}\" height=\"{Number(box.Height)}\" viewBox=\"{Number(box.Left)} {Number(box.Top)} {Number(box.Width)} {Number(box.Height)}\">"
        );
        if (panel.Panel.Picture is { } behind)
        {
            DrawPicture(svg, space, behind);
        }
        var marks = new SvgMarks(svg, space, picture);
        marks.DrawBehind(panel.Panel.Marks);
        foreach (Series series in panel.Panel.Series)
        {
            SvgSeries.Draw(svg, space, series);
        }
        marks.DrawShapes(panel.Panel.Marks);
        svg.Raw("</svg>");
        marks.DrawLabels(panel.Panel.Marks);
        if (!picture && !panel.Panel.Series.Any(s => HasPoints(s)))
        {
            svg.Text("tick", box.Left + (box.Width / 2), box.Top + (box.Height / 2), "no data", anchor: 0);
        }
        DrawAxes(svg, space, last);
        svg.Raw("</g>");
    }

    private static bool HasPoints(Series series)
    {
        for (int i = 0; i < series.X.Count; i++)
        {
            if (double.IsFinite(series.X[i]) && double.IsFinite(series.Y[i]))
            {
                return true;
            }
        }
        return false;
    }

    private static void DrawGrid(SvgText svg, PlotSpace space)
    {
        PlotBox box = space.Box;
        var vertical = space
            .X.Ticks.Where(t => t.Label is not null)
            .Select(t => $"M{Number(space.AtX(t.Value))} {Number(box.Top)}v{Number(box.Height)}");
        var horizontal = space
            .Y.Ticks.Where(t => t.Label is not null)
            .Select(t => $"M{Number(box.Left)} {Number(space.AtY(t.Value))}h{Number(box.Width)}");
        svg.Path("grid", [.. vertical, .. horizontal]);
    }

    private static void DrawPicture(SvgText svg, PlotSpace space, Picture picture)
    {
        (double left, double right) = (space.AtX(picture.Left), space.AtX(picture.Right));
        (double top, double bottom) = (space.AtY(picture.Top), space.AtY(picture.Bottom));
        string data = Convert.ToBase64String(picture.Png);
        string size =
            $"width=\"{Number(Math.Abs(right - left))}\" height=\"{Number(Math.Abs(bottom - top))}\" preserveAspectRatio=\"none\"";
        svg.Raw(
            $"<image x=\"{Number(Math.Min(left, right))}\" y=\"{Number(Math.Min(top, bottom))}\" {size} style=\"image-rendering:auto\" href=\"data:image/png;base64,{data}\"/>"
        );
    }

    private static void DrawAxes(SvgText svg, PlotSpace space, bool last)
    {
        PlotBox box = space.Box;
        svg.Rectangle("axis", box);
        svg.Path(
            "axis",
            [.. space.X.Ticks.Select(t => $"M{Number(space.AtX(t.Value))} {Number(box.Bottom)}v{(t.Label is null ? 2.5 : 5)}")]
        );
        svg.Path(
            "axis",
            [.. space.Y.Ticks.Select(t => $"M{Number(box.Left)} {Number(space.AtY(t.Value))}h{(t.Label is null ? -2.5 : -5)}")]
        );
        foreach (Ticks.Tick tick in space.X.Ticks.Where(t => last && t.Label is not null))
        {
            svg.Text("tick", space.AtX(tick.Value), box.Bottom + 17, tick.Label!, anchor: 0);
        }
        foreach (Ticks.Tick tick in space.Y.Ticks.Where(t => t.Label is not null))
        {
            svg.Text("tick", box.Left - 8, space.AtY(tick.Value) + 4, tick.Label!, anchor: 1);
        }
        DrawVerticalLabel(svg, space);
    }

    private static void DrawVerticalLabel(SvgText svg, PlotSpace space)
    {
        // A label longer than its panel is broken in two, and then stands further out by half a line each way.
        List<string> lines = TextWidth.Wrap(space.Y.Label, SvgStyle.LabelSize, Math.Max(40, space.Box.Height + 10));
        if (lines.Count > 2)
        {
            lines = [lines[0], string.Join(' ', lines.Skip(1))];
        }
        double middle = space.Box.Top + (space.Box.Height / 2);
        double x = lines.Count == 1 ? 18 : 12;
        foreach (string line in lines)
        {
            svg.Text("label", x, middle, line, anchor: 0, more: $" transform=\"rotate(-90 {Number(x)} {Number(middle)})\"");
            x += 13;
        }
    }
}
