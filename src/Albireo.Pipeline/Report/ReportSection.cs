namespace Albireo.Pipeline.Report;

/// <summary>One chapter of a report: text, then figures, then tables.</summary>
public sealed record ReportSection(string Heading)
{
    public IReadOnlyList<string> Paragraphs { get; init; } = [];
    public IReadOnlyList<ReportFigure> Figures { get; init; } = [];
    public IReadOnlyList<ReportTable> Tables { get; init; } = [];
}
