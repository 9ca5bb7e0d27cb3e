using Albireo.Science.Numerics;

namespace Albireo.Science.Photometry;

/// <summary>A circle.</summary>
/// <param name="RadiusPixels">Above 0.</param>
public sealed record CircularAperture(double RadiusPixels) : Aperture
{
    /// <summary>Radius in pixels.</summary>
    public double RadiusPixels { get; init; } = Require.Positive(RadiusPixels);

    /// <inheritdoc/>
    public override double AreaPixels => Math.PI * RadiusPixels * RadiusPixels;

    /// <inheritdoc/>
    public override double ReachX => RadiusPixels;

    /// <inheritdoc/>
    public override double ReachY => RadiusPixels;

    /// <inheritdoc/>
    public override double OverlapOfPixel(double dx, double dy) => CircleOverlap.OfPixel(dx, dy, RadiusPixels);

    /// <inheritdoc/>
    public override bool Contains(double dx, double dy) => (dx * dx) + (dy * dy) < RadiusPixels * RadiusPixels;
}
