using Albireo.Pipeline.Plots;

namespace Albireo.Pipeline.Report;

/// <summary>Figures that stand together with one caption: one below the other on a phone, side by side where the sheet says so.</summary>
public sealed record ReportFigure
{
    public ReportFigure(Figure figure, string caption)
    {
        ArgumentNullException.ThrowIfNull(figure);
        Sheet = new FigureSheet
        {
            Title = figure.Title,
            Rows =
            [
                [figure],
            ],
        };
        Caption = caption;
    }

    public ReportFigure(FigureSheet sheet, string caption)
    {
        Sheet = sheet;
        Caption = caption;
    }

    public FigureSheet Sheet { get; }

    /// <summary>What is to be seen, and what it means.</summary>
    public string Caption { get; }

    /// <summary>The file that holds the same plot, or null.</summary>
    public string? FileName { get; init; }
}
