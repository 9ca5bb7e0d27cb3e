using Albireo.Science.Background;
using Albireo.Science.Detection;

namespace Albireo.Pipeline.Options;

/// <summary>How sources are found.</summary>
public sealed record DetectOptions
{
    /// <summary>As SExtractor does it: a box counts as long as half of its pixels are good (crowded fields lose many to clipping).</summary>
    public BackgroundOptions Background { get; init; } = new() { ExcludePercentile = 50 };
    public DetectionOptions Stars { get; init; } = new() { MaximumStars = 150 };
}
