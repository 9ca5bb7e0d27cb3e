using Albireo.Science.Images;

namespace Albireo.Pipeline.Plots;

/// <summary>A frame to be shown.</summary>
/// <param name="Image">Left as it is.</param>
/// <param name="Label">Its name.</param>
public sealed record ShownImage(Image Image, string Label)
{
    /// <summary>Where circles are drawn, in pixels of the frame.</summary>
    public IReadOnlyList<PixelPosition> Circles { get; init; } = [];
}
