using static Albireo.Pipeline.Plots.Markup;

namespace Albireo.Pipeline.Plots;

/// <summary>
/// Draws a <see cref="Figure"/> as SVG text: the same figure gives the same characters on any machine, one point a line. It follows
/// the reader's choice of dark or light, prints light, and needs nothing from elsewhere.
/// </summary>
public static class SvgWriter
{
    /// <summary>The style sheet that drawings written for a page expect there once.</summary>
    internal static string Css => SvgStyle.Css;

    /// <summary>A whole SVG file.</summary>
    public static string Write(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return Write(figure, style: true);
    }

    /// <summary>A whole SVG file of several figures.</summary>
    public static string Write(FigureSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        return Write(sheet, style: true);
    }

    /// <summary>An SVG element for a page that holds <see cref="Css"/>.</summary>
    internal static string WriteInline(Figure figure) => Write(figure, style: false);

    /// <summary>An SVG element for a page that holds <see cref="Css"/>.</summary>
    internal static string WriteInline(FigureSheet sheet) => Write(sheet, style: false);

    private static string Write(Figure figure, bool style)
    {
        FigureLayout layout = FigureLayout.Of(figure);
        var svg = new SvgText();
        Open(svg, layout.Width, layout.Height, figure.Title, figure.Description ?? figure.Subtitle, style);
        SvgFigure.Draw(svg, figure, layout);
        svg.Raw("</svg>");
        return svg.ToString();
    }

    private static string Write(FigureSheet sheet, bool style)
    {
        double width = sheet.Rows.Max(row => row.Sum(f => f.Width));
        List<string> title = TextWidth.Wrap(sheet.Title, 18, width - 28);
        double top = 12 + (24 * title.Count) + (string.IsNullOrEmpty(sheet.Subtitle) ? 0 : 18);
        var cells = new List<(double X, double Y, Figure Figure, FigureLayout Layout)>();
        foreach (IReadOnlyList<Figure> row in sheet.Rows)
        {
            double scale = width / row.Sum(f => f.Width);
            List<Figure> stretched = [.. row.Select(f => f with { Width = (int)Math.Floor(f.Width * scale) })];
            double height = stretched.Max(f => FigureLayout.Of(f).Height);
            double x = 0;
            foreach (Figure figure in stretched)
            {
                Figure fitted = figure.EqualScale ? figure : figure with { Height = (int)height };
                cells.Add((x, top, fitted, FigureLayout.Of(fitted)));
                x += fitted.Width;
            }
            top += height + 6;
        }
        var svg = new SvgText();
        Open(svg, width, top, sheet.Title, sheet.Subtitle, style);
        for (int i = 0; i < title.Count; i++)
        {
            svg.Text("title", 14, 28 + (24 * i), title[i], more: " style=\"font-size:18px\"");
        }
        if (!string.IsNullOrEmpty(sheet.Subtitle))
        {
            svg.Text("sub", 14, 10 + (24 * title.Count) + 12, sheet.Subtitle);
        }
        foreach ((double x, double y, Figure figure, FigureLayout layout) in cells)
        {
            svg.Raw($"<g transform=\"translate({Number(x)} {Number(y)})\">");
            SvgFigure.Draw(svg, figure, layout);
            svg.Raw("</g>");
        }
        svg.Raw("</svg>");
        return svg.ToString();
    }

    private static void Open(SvgText svg, double width, double height, string title, string? description, bool style)
    {
        (string w, string h) = (Number(width), Number(height));
        svg.Raw(
            $"<svg class=\"fig\" xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\" aria-label=\"{Escape(title)}\">"
        );
        svg.Raw($"<title>{Escape(title)}</title>");
        if (!string.IsNullOrEmpty(description))
        {
            svg.Raw($"<desc>{Escape(description)}</desc>");
        }
        if (style)
        {
            svg.Raw("<style>");
            svg.Raw(SvgStyle.Css.TrimEnd('\n'));
            svg.Raw("</style>");
        }
        svg.Rectangle("bg", new PlotBox(0, 0, width, height));
    }
}
