using Albireo.Science.Numerics;

namespace Albireo.Science.Photometry;

/// <summary>The ring around each star in which its sky is measured: pixels whose centre is at a distance in [inner, outer).</summary>
/// <param name="InnerRadiusPixels">0 or more.</param>
/// <param name="OuterRadiusPixels">Above the inner radius.</param>
/// <param name="Estimator">How the level follows from the pixels that clipping leaves.</param>
/// <param name="Clip">How outliers (other stars, cosmic rays) are left out.</param>
public sealed record SkyAnnulus(double InnerRadiusPixels, double OuterRadiusPixels, SkyEstimator Estimator, ClipOptions Clip)
{
    /// <summary>Inner radius in pixels.</summary>
    public double InnerRadiusPixels { get; init; } = Require.NotNegative(InnerRadiusPixels);

    /// <summary>Outer radius in pixels.</summary>
    public double OuterRadiusPixels { get; init; } =
        double.IsFinite(OuterRadiusPixels) && OuterRadiusPixels > InnerRadiusPixels
            ? OuterRadiusPixels
            : throw new ArgumentOutOfRangeException(
                nameof(OuterRadiusPixels),
                OuterRadiusPixels,
                $"The sky annulus must end beyond its inner radius of {InnerRadiusPixels} pixels."
            );

    /// <summary>A 3σ-clipped mean.</summary>
    public SkyAnnulus(double innerRadiusPixels, double outerRadiusPixels)
        : this(innerRadiusPixels, outerRadiusPixels, SkyEstimator.Mean, new ClipOptions()) { }
}
