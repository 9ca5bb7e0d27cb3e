namespace Albireo.Pipeline.Options;

/// <summary>What is removed from a raw frame.</summary>
public sealed record CalibrateOptions
{
    public bool Bias { get; init; } = true;
    public bool Dark { get; init; } = true;
    public bool Flat { get; init; } = true;
}
