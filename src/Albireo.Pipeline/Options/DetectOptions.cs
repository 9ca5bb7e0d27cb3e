using Albireo.Science.Background;
using Albireo.Science.Detection;

namespace Albireo.Pipeline.Options;

/// <summary>How sources are found.</summary>
public sealed record DetectOptions
{
    public BackgroundOptions Background { get; init; } = new();
    public DetectionOptions Stars { get; init; } = new() { MaximumStars = 500 };
}
