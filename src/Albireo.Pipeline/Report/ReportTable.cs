namespace Albireo.Pipeline.Report;

/// <summary>A table. A null or empty cell is a missing value; columns of numbers are set flush right by the writer.</summary>
/// <param name="Caption">What the rows are.</param>
/// <param name="Columns">Headings, with units.</param>
/// <param name="Rows">Each as long as <paramref name="Columns"/>.</param>
public sealed record ReportTable(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows)
{
    /// <summary>A remark below the table, or null.</summary>
    public string? Note { get; init; }
}
