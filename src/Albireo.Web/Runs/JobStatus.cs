namespace Albireo.Web.Runs;

/// <summary>A run as the pages see it.</summary>
public sealed record JobStatus
{
    /// <summary>Counts up from 1.</summary>
    public required int Id { get; init; }

    /// <summary><c>reduce</c>, <c>curve</c>, <c>fit</c>, <c>export</c>, <c>report</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What to type for the same.</summary>
    public required string Command { get; init; }
    public required JobState State { get; init; }
    public string Stage { get; init; } = "";
    public int Done { get; init; }
    public int Total { get; init; }
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>What the command line would have printed.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>Why it failed, in a sentence.</summary>
    public string? Error { get; init; }
}
