namespace Albireo.Pipeline.Options;

/// <summary>Keywords of the raw headers that are tried before those of the telescope profile and the usual ones.</summary>
public sealed record KeywordOptions
{
    /// <summary>What the frame is: bias, dark, flat, light.</summary>
    public IReadOnlyList<string> Kind { get; init; } = [];
    public IReadOnlyList<string> Exposure { get; init; } = [];
    public IReadOnlyList<string> Filter { get; init; } = [];

    /// <summary>The number of axes, as the strict checks see it; otherwise the picture's own.</summary>
    public IReadOnlyList<string> Axes { get; init; } = [];

    /// <summary>Columns as a header states them; a picture of another width is a problem.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Rows, likewise.</summary>
    public IReadOnlyList<string> Rows { get; init; } = [];
}
