namespace Albireo.Pipeline.Plots;

/// <summary>Where everything in a figure goes. The legend lies above its panel and the title above all, so neither can cover data.</summary>
internal sealed record FigureLayout
{
    private const double RightMargin = 16;
    private const double LegendRow = 18;
    private const double SwatchWidth = 24;
    private const double EntryGap = 16;

    public required double Width { get; init; }
    public required double Height { get; init; }
    public required IReadOnlyList<string> TitleLines { get; init; }
    public required IReadOnlyList<string> SubtitleLines { get; init; }
    public required ResolvedAxis X { get; init; }
    public required IReadOnlyList<PanelLayout> Panels { get; init; }

    /// <summary>One entry of a legend and where it begins; a null series stands for the points left out.</summary>
    public readonly record struct LegendEntry(Series? Series, string Text, double X, double Y);

    /// <summary>A panel's axes, the box of its data and its legend.</summary>
    public sealed record PanelLayout(Panel Panel, PlotBox Box, ResolvedAxis Y, IReadOnlyList<LegendEntry> Legend, double Top);

    public static FigureLayout Of(Figure figure)
    {
        foreach (Series series in figure.Panels.SelectMany(p => p.Series))
        {
            series.Check();
        }
        // The width of the tick labels decides the margin, and the margin a little of everything else: the second round settles it.
        double left = LeftMargin(Arrange(figure, 64));
        FigureLayout second = Arrange(figure, left);
        double again = LeftMargin(second);
        return again > left ? Arrange(figure, again) : second;
    }

    private static FigureLayout Arrange(Figure figure, double left)
    {
        double plotWidth = figure.Width - left - RightMargin;
        List<string> title = TextWidth.Wrap(figure.Title, SvgStyle.TitleSize * 1.04, figure.Width - 28);
        List<string> subtitle = string.IsNullOrEmpty(figure.Subtitle)
            ? []
            : TextWidth.Wrap(figure.Subtitle, SvgStyle.SubtitleSize, figure.Width - 28);
        double top = 10 + (19 * title.Count) + (16 * subtitle.Count) + 10;
        const double bottom = 46;
        const double gap = 12;

        (double low, double high) = DataRange.OfX(figure);
        bool picture = figure.Panels.Any(p => p.Picture is not null);
        double legends = figure.Panels.Sum(p => LegendHeight(p, plotWidth));
        double room = figure.Height - top - bottom - legends - (gap * (figure.Panels.Count - 1));
        double height = figure.Height;
        if (figure.EqualScale && figure.Panels.Count == 1)
        {
            (double first, double last) = DataRange.OfY(figure.Panels[0]);
            double ratio = (last - first) / (high - low);
            if (double.IsFinite(ratio) && ratio > 0)
            {
                double tallest = 1.25 * figure.Width;
                plotWidth = Math.Min(plotWidth, tallest / ratio);
                room = plotWidth * ratio;
                height = Math.Ceiling(top + legends + room + bottom);
            }
        }
        ResolvedAxis x = ResolvedAxis.Of(figure.X, low, high, picture ? 0 : 0.02, (int)(plotWidth / 76));
        double shares = figure.Panels.Sum(p => p.Share);
        var panels = new List<PanelLayout>();
        foreach (Panel panel in figure.Panels)
        {
            double legendTop = top;
            top += LegendHeight(panel, plotWidth);
            var box = new PlotBox(left, top, plotWidth, Math.Max(24, room * panel.Share / shares));
            (double least, double most) = DataRange.OfY(panel);
            double padding = panel.Picture is not null ? 0 : 0.06;
            ResolvedAxis y = ResolvedAxis.Of(panel.Y, least, most, padding, (int)(box.Height / 38));
            if (panel.Series.Any(s => s.Style == SeriesStyle.Histogram) && least == 0 && panel.Y.Min is null)
            {
                y = ResolvedAxis.Of(panel.Y with { Min = 0 }, least, most, padding, (int)(box.Height / 38));
            }
            panels.Add(new PanelLayout(panel, box, y, Legend(panel, left, legendTop, plotWidth), legendTop));
            top = box.Bottom + gap;
        }
        return new FigureLayout
        {
            Width = figure.Width,
            Height = height,
            TitleLines = title,
            SubtitleLines = subtitle,
            X = x,
            Panels = panels,
        };
    }

    private static double LeftMargin(FigureLayout layout)
    {
        double widest = layout
            .Panels.SelectMany(p => p.Y.Ticks)
            .Where(t => t.Label is not null)
            .Select(t => TextWidth.Of(t.Label!, SvgStyle.TickSize))
            .DefaultIfEmpty(0)
            .Max();
        return Math.Ceiling(30 + widest + 8);
    }

    private static double CaptionHeight(Panel panel) => string.IsNullOrEmpty(panel.Caption) ? 0 : LegendRow;

    private static double LegendHeight(Panel panel, double width)
    {
        List<LegendEntry> entries = Legend(panel, 0, 0, width);
        return entries.Count == 0 ? CaptionHeight(panel) : entries[^1].Y + (LegendRow / 2) + 2;
    }

    private static List<LegendEntry> Legend(Panel panel, double left, double top, double width)
    {
        var names = panel.Series.Where(s => s.InLegend && s.X.Count > 0).Select(s => ((Series?)s, s.Name)).ToList();
        bool leftOut = panel.Series.Any(s => s.States is not null && s.States.Contains(PointState.Flagged));
        if (leftOut)
        {
            names.Add((null, "left out"));
        }
        var entries = new List<LegendEntry>();
        if (!panel.Legend || names.Count < 2)
        {
            return entries;
        }
        (double x, double y) = (0, top + CaptionHeight(panel) + (LegendRow / 2));
        foreach ((Series? series, string name) in names)
        {
            double size = SwatchWidth + TextWidth.Of(name, SvgStyle.TickSize);
            if (x > 0 && x + size > width)
            {
                (x, y) = (0, y + LegendRow);
            }
            entries.Add(new LegendEntry(series, name, left + x, y));
            x += size + EntryGap;
        }
        return entries;
    }
}
