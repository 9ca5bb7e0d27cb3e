namespace Albireo.Pipeline.Report;

/// <summary>A value with its name.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">With its error and unit.</param>
/// <param name="Note">A few words below, or null.</param>
public sealed record ReportFact(string Name, string Value, string? Note = null);
