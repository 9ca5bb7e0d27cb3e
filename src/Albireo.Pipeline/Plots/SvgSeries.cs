using static Albireo.Pipeline.Plots.Markup;

namespace Albireo.Pipeline.Plots;

/// <summary>The points, lines and bars of one series.</summary>
internal static class SvgSeries
{
    private const double EdgeMark = 4;

    public static void Draw(SvgText svg, PlotSpace space, Series series)
    {
        string opacity = series.Opacity < 1 ? $" opacity=\"{Number(series.Opacity)}\"" : "";
        switch (series.Style)
        {
            case SeriesStyle.Points:
                DrawErrors(svg, space, series, opacity);
                DrawPoints(svg, space, series, opacity);
                break;
            case SeriesStyle.Line or SeriesStyle.Dashed or SeriesStyle.Steps:
                string dashes = series.Style == SeriesStyle.Dashed ? " stroke-dasharray=\"6 4\"" : "";
                svg.Path(
                    $"line {SvgStyle.Stroke(series.Color)}",
                    LinePieces(space, series),
                    $" stroke-width=\"{Number(series.Size ?? 1.6)}\"{dashes}{opacity}"
                );
                break;
            case SeriesStyle.Histogram:
                DrawBars(svg, space, series, opacity);
                break;
        }
    }

    /// <summary>A sample of the series at the left of its legend entry.</summary>
    public static void DrawSwatch(SvgText svg, FigureLayout.LegendEntry entry)
    {
        if (entry.Series is not { } series)
        {
            svg.Path($"line {SvgStyle.Stroke(ColorSlot.Muted)}", [Cross(entry.X + 9, entry.Y)], " stroke-width=\"1.3\"");
            return;
        }
        switch (series.Style)
        {
            case SeriesStyle.Points:
                DrawMarkers(svg, series, [(entry.X + 9, entry.Y)], "");
                break;
            case SeriesStyle.Histogram:
                svg.Rectangle(SvgStyle.Fill(series.Color), new PlotBox(entry.X + 3, entry.Y - 5, 12, 10));
                break;
            default:
                string dashes = series.Style == SeriesStyle.Dashed ? " stroke-dasharray=\"6 4\"" : "";
                svg.Line(
                    $"line {SvgStyle.Stroke(series.Color)}",
                    entry.X,
                    entry.Y,
                    entry.X + 18,
                    entry.Y,
                    $" stroke-width=\"{Number(series.Size ?? 1.6)}\"{dashes}"
                );
                break;
        }
    }

    private static void DrawErrors(SvgText svg, PlotSpace space, Series series, string opacity)
    {
        if (series.YError is not { } errors)
        {
            return;
        }
        var bars = new List<string>();
        for (int i = 0; i < series.X.Count; i++)
        {
            if (series.IsUsed(i) && errors[i] > 0 && double.IsFinite(errors[i]) && Finite(space, series, i) is var (x, y))
            {
                double low = space.AtY(series.Y[i] - errors[i]);
                double high = space.AtY(series.Y[i] + errors[i]);
                bars.Add(
                    $"M{Number(x)} {Number(double.IsFinite(low) ? low : space.Box.Bottom)}V{Number(double.IsFinite(high) ? high : y)}"
                );
            }
        }
        svg.Path(
            $"line {SvgStyle.Stroke(series.Color)}",
            bars,
            $" stroke-width=\"1\"{(opacity.Length > 0 ? opacity : " opacity=\"0.55\"")}"
        );
    }

    private static void DrawPoints(SvgText svg, PlotSpace space, Series series, string opacity)
    {
        var used = new List<(double X, double Y)>();
        var crosses = new List<string>();
        var beyond = new List<string>();
        PlotBox box = space.Box;
        for (int i = 0; i < series.X.Count; i++)
        {
            if (Finite(space, series, i) is not var (x, y))
            {
                continue;
            }
            if (x >= box.Left && x <= box.Right && (y < box.Top || y > box.Bottom))
            {
                beyond.Add(EdgeArrow(x, y < box.Top ? box.Top + 1 : box.Bottom - 1, y < box.Top ? 1 : -1));
            }
            else if (series.IsUsed(i))
            {
                used.Add((x, y));
            }
            else
            {
                crosses.Add(Cross(x, y));
            }
        }
        DrawMarkers(svg, series, used, opacity);
        svg.Path($"line {SvgStyle.Stroke(ColorSlot.Muted)}", crosses, " stroke-width=\"1.3\"");
        svg.Path(SvgStyle.Fill(ColorSlot.Muted), beyond);
    }

    private static void DrawMarkers(SvgText svg, Series series, IReadOnlyCollection<(double X, double Y)> points, string opacity)
    {
        double r = series.Size ?? 2.2;
        string width = $" stroke-width=\"{Number(2 * r)}\"{opacity}";
        (string stroke, string fill) = (SvgStyle.Stroke(series.Color), SvgStyle.Fill(series.Color));
        string[] Pieces(Func<string, string, string> piece) => [.. points.Select(p => piece(Number(p.X), Number(p.Y)))];
        switch (series.Marker)
        {
            case PointMarker.Dot:
                svg.Path($"dot {stroke}", Pieces((x, y) => $"M{x} {y}h0"), width);
                break;
            case PointMarker.Square:
                // A line of no length has no direction: some programs draw no square cap on it.
                svg.Path($"box {stroke}", Pieces((x, y) => $"M{x} {y}h.01"), width);
                break;
            case PointMarker.Ring:
                string d = Number(2 * r);
                svg.Path(
                    $"area {stroke}",
                    [
                        .. points.Select(p =>
                            $"M{Number(p.X - r)} {Number(p.Y)}a{Number(r)} {Number(r)} 0 1 0 {d} 0a{Number(r)} {Number(r)} 0 1 0 -{d} 0z"
                        ),
                    ],
                    $" stroke-width=\"1.3\"{opacity}"
                );
                break;
            case PointMarker.Diamond:
                string s = Number(r * 1.3);
                svg.Path(fill, [.. points.Select(p => $"M{Number(p.X)} {Number(p.Y - (r * 1.3))}l{s} {s} -{s} {s} -{s} -{s}z")], opacity);
                break;
            case PointMarker.Triangle:
                string a = Number(r * 1.3);
                string b = Number(r * 2.4);
                svg.Path(fill, [.. points.Select(p => $"M{Number(p.X)} {Number(p.Y - (r * 1.4))}l{a} {b}h-{Number(r * 2.6)}z")], opacity);
                break;
        }
    }

    private static List<string> LinePieces(PlotSpace space, Series series)
    {
        var pieces = new List<string>();
        (double X, double Y)? last = null;
        for (int i = 0; i < series.X.Count; i++)
        {
            if (Finite(space, series, i) is not var (x, y))
            {
                last = null;
                continue;
            }
            string point = $"{Number(x)} {Number(y)}";
            pieces.Add(
                last is not var (fromX, _) ? "M" + point
                : series.Style == SeriesStyle.Steps ? $"H{Number((fromX + x) / 2)}V{Number(y)}H{Number(x)}"
                : "L" + point
            );
            last = (x, y);
        }
        return pieces;
    }

    private static void DrawBars(SvgText svg, PlotSpace space, Series series, string opacity)
    {
        double half = DataRange.HalfBin(series);
        double zero = space.AtY(0);
        double floor = double.IsFinite(zero) ? Math.Min(zero, space.Box.Bottom) : space.Box.Bottom;
        var bars = new List<string>();
        for (int i = 0; i < series.X.Count; i++)
        {
            if (Finite(space, series, i) is var (_, y) && series.Y[i] != 0)
            {
                (double left, double right) = (space.AtX(series.X[i] - half), space.AtX(series.X[i] + half));
                bars.Add($"M{Number(left)} {Number(floor)}V{Number(y)}H{Number(right)}V{Number(floor)}z");
            }
        }
        svg.Path(SvgStyle.Fill(series.Color), bars, opacity);
    }

    private static (double X, double Y)? Finite(PlotSpace space, Series series, int index)
    {
        (double x, double y) = (space.AtX(series.X[index]), space.AtY(series.Y[index]));
        return double.IsFinite(x) && double.IsFinite(y) ? (x, y) : null;
    }

    private static string Cross(double x, double y) => $"M{Number(x - 3)} {Number(y - 3)}l6 6m0 -6l-6 6";

    private static string EdgeArrow(double x, double y, int down) =>
        $"M{Number(x)} {Number(y)}l{Number(EdgeMark)} {Number(down * 1.6 * EdgeMark)}h-{Number(2 * EdgeMark)}z";
}
