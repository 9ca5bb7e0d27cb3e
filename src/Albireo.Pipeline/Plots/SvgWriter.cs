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
        return Draw(figure).File;
    }

    /// <summary>A whole SVG file of several figures.</summary>
    public static string Write(FigureSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        return Draw(sheet).File;
    }

    /// <summary>Draws a figure for files and pages.</summary>
    internal static SvgDrawing Draw(Figure figure)
    {
        FigureLayout layout = FigureLayout.Of(figure);
        var svg = new SvgText();
        svg.Rectangle("bg", new PlotBox(0, 0, layout.Width, layout.Height));
        SvgFigure.Draw(svg, figure, layout);
        svg.Raw("</svg>");
        string head = Head(layout.Width, layout.Height, figure.Title, figure.Description ?? figure.Subtitle);
        return new SvgDrawing(head, svg.ToString());
    }

    /// <summary>Draws several figures as one.</summary>
    internal static SvgDrawing Draw(FigureSheet sheet)
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
        svg.Rectangle("bg", new PlotBox(0, 0, width, top));
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
        return new SvgDrawing(Head(width, top, sheet.Title, sheet.Subtitle), svg.ToString());
    }

    private static string Head(double width, double height, string title, string? description)
    {
        var svg = new SvgText();
        (string w, string h) = (Number(width), Number(height));
        svg.Raw(
            $"<svg class=\"fig\" xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\" aria-label=\"{Escape(title)}\">"
        );
        svg.Raw($"<title>{Escape(title)}</title>");
        if (!string.IsNullOrEmpty(description))
        {
            svg.Raw($"<desc>{Escape(description)}</desc>");
        }
        return svg.ToString();
    }
}
