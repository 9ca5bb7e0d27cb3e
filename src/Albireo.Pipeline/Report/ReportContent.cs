namespace Albireo.Pipeline.Report;

/// <summary>All that a report says, as plain data. Whatever is empty is left out of the page.</summary>
public sealed record ReportContent
{
    public required string Title { get; init; }

    /// <summary>Target, filter, instrument and night in a line.</summary>
    public string? Subtitle { get; init; }

    /// <summary>The few numbers that a reader looks for first.</summary>
    public IReadOnlyList<ReportFact> KeyFacts { get; init; } = [];

    /// <summary>What was done, a sentence each.</summary>
    public IReadOnlyList<string> Summary { get; init; } = [];

    /// <summary>What a reader must know before using the numbers: <c>gain unknown: fluxes are in ADU</c>.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>The fitted or measured values.</summary>
    public ReportTable? Results { get; init; }

    /// <summary>The body: light curve, finder chart, comparison stars, ….</summary>
    public IReadOnlyList<ReportSection> Sections { get; init; } = [];

    /// <summary>Frame and reason of each frame that was left out.</summary>
    public ReportTable? FramesLeftOut { get; init; }

    /// <summary>How the time of a frame came about, step by step.</summary>
    public ReportTable? TimeAudit { get; init; }

    /// <summary>What to type for the same result.</summary>
    public string? CommandLine { get; init; }

    /// <summary>Program, libraries, recipe, profile: name and version.</summary>
    public IReadOnlyList<ReportFact> Versions { get; init; } = [];

    /// <summary>The papers behind the methods that were used.</summary>
    public IReadOnlyList<string> Citations { get; init; } = [];
}
