using System.Text;
using static Albireo.Pipeline.Plots.Markup;

namespace Albireo.Pipeline.Plots;

/// <summary>SVG elements written one a line, so that two versions of a plot can be compared line by line.</summary>
internal sealed class SvgText
{
    private readonly StringBuilder text = new();

    public void Raw(string line) => text.Append(line).Append('\n');

    public void Line(string classes, double x1, double y1, double x2, double y2, string more = "") =>
        Raw($"<path class=\"{classes}\" d=\"M{Number(x1)} {Number(y1)}L{Number(x2)} {Number(y2)}\"{more}/>");

    public void Rectangle(string classes, PlotBox box, string more = "") =>
        Raw(
            $"<rect class=\"{classes}\" x=\"{Number(box.Left)}\" y=\"{Number(box.Top)}\" width=\"{Number(box.Width)}\" height=\"{Number(box.Height)}\"{more}/>"
        );

    public void Circle(string classes, double x, double y, double radius, string more = "") =>
        Raw($"<circle class=\"{classes}\" cx=\"{Number(x)}\" cy=\"{Number(y)}\" r=\"{Number(radius)}\"{more}/>");

    public void Text(string classes, double x, double y, string content, int anchor = -1, string more = "")
    {
        string place = anchor switch
        {
            < 0 => "",
            0 => " text-anchor=\"middle\"",
            _ => " text-anchor=\"end\"",
        };
        Raw($"<text class=\"{classes}\" x=\"{Number(x)}\" y=\"{Number(y)}\"{place}{more}>{Escape(content)}</text>");
    }

    /// <summary>One path, a piece a line; nothing where there are no pieces.</summary>
    public void Path(string classes, IReadOnlyCollection<string> pieces, string more = "")
    {
        if (pieces.Count > 0)
        {
            Raw($"<path class=\"{classes}\"{more} d=\"{string.Join('\n', pieces)}\"/>");
        }
    }

    public override string ToString() => text.ToString();
}
