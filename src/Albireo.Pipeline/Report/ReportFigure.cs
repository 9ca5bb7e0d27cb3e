using Albireo.Pipeline.Plots;

namespace Albireo.Pipeline.Report;

/// <summary>
/// Figures that stand together with one caption: one below the other on a phone, side by side where the sheet says so. They are drawn
/// when this is made, so that several threads can draw for one page.
/// </summary>
public sealed record ReportFigure
{
    private const int NarrowWidth = 380;

    public ReportFigure(Figure figure, string caption)
    {
        ArgumentNullException.ThrowIfNull(figure);
        Caption = caption;
        Wide = SvgWriter.Draw(figure);
        Narrow = [DrawNarrow(figure)];
    }

    public ReportFigure(FigureSheet sheet, string caption)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        Caption = caption;
        Figure[] all = [.. sheet.Rows.SelectMany(row => row)];
        Wide = all.Length == 1 ? SvgWriter.Draw(all[0]) : SvgWriter.Draw(sheet);
        Narrow = [.. all.Select(DrawNarrow)];
    }

    /// <summary>As wide as the sheet.</summary>
    internal SvgDrawing Wide { get; }

    /// <summary>For a phone, one below the other.</summary>
    internal IReadOnlyList<SvgDrawing> Narrow { get; }

    /// <summary>What is to be seen, and what it means.</summary>
    public string Caption { get; }

    /// <summary>The file that holds the same plot, or null.</summary>
    public string? FileName { get; init; }

    private static SvgDrawing DrawNarrow(Figure figure) => SvgWriter.Draw(figure with { Width = NarrowWidth });
}
