namespace Albireo.Pipeline.Options;

/// <summary>A writer's words for the kinds of frames, tried before the usual ones; any case, with <c>*</c> and <c>?</c>.</summary>
public sealed record KindWordOptions
{
    public IReadOnlyList<string> Light { get; init; } = [];
    public IReadOnlyList<string> Bias { get; init; } = [];
    public IReadOnlyList<string> Dark { get; init; } = [];
    public IReadOnlyList<string> Flat { get; init; } = [];
}
