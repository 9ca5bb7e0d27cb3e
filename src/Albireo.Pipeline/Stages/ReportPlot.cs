using Albireo.Pipeline.Plots;
using Albireo.Pipeline.Report;

namespace Albireo.Pipeline.Stages;

/// <summary>A plot of the report: a file of its own and a section of the page.</summary>
/// <param name="Name">Of the file, without its extension.</param>
/// <param name="Heading">Of the section.</param>
/// <param name="Caption">What is to be seen.</param>
/// <param name="Svg">The file's text.</param>
/// <param name="Sheet">As the page shows it.</param>
internal sealed record ReportPlot(string Name, string Heading, string Caption, string Svg, ReportFigure Sheet)
{
    public static ReportPlot Of(string name, string heading, string caption, Figure figure)
    {
        var shown = new ReportFigure(figure, caption) { FileName = $"plots/{name}.svg" };
        return new(name, heading, caption, shown.Wide.File, shown);
    }

    public static ReportPlot Of(string name, string heading, string caption, FigureSheet sheet) =>
        new(name, heading, caption, SvgWriter.Write(sheet), new ReportFigure(sheet, caption) { FileName = $"plots/{name}.svg" });
}
