using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Photometry;

namespace Albireo.Pipeline.Stages;

/// <summary>Flags stars whose aperture a satellite's trail crosses, or much of whose sky annulus.</summary>
internal static class TrailFlags
{
    /// <summary>The clipped sky bears a trail over less of its annulus than this.</summary>
    private const double MuchOfAnnulus = 0.2;

    /// <param name="positions">The stars.</param>
    /// <param name="sources">All sources of the same picture, trails among them.</param>
    /// <param name="image">The picture, for its size.</param>
    /// <param name="annulus">Inner and outer radius of the sky, pixels; null: the sky is not taken from there.</param>
    /// <param name="result">Whose flags are set.</param>
    public static void Set(
        PixelPosition[] positions,
        IReadOnlyList<Source> sources,
        Image image,
        SkyAnnulus? annulus,
        FrameFluxes result
    ) => Set(positions, sources, image, result.RadiiPixels.Max(), annulus, result.Flags);

    /// <summary>The same for one radius.</summary>
    public static void Set(
        PixelPosition[] positions,
        IReadOnlyList<Source> sources,
        Image image,
        double radius,
        SkyAnnulus? annulus,
        Span<FluxQuality> flags
    )
    {
        foreach (Trail trail in Trails.Of(sources, image.Width, image.Height))
        {
            for (int i = 0; i < positions.Length; i++)
            {
                bool isCrossed =
                    trail.Distance(positions[i].X, positions[i].Y) < radius
                    || (
                        annulus is { } ring
                        && trail.ShareOfRing(positions[i], ring.InnerRadiusPixels, ring.OuterRadiusPixels) > MuchOfAnnulus
                    );
                flags[i] |= isCrossed ? FluxQuality.Trail : FluxQuality.None;
            }
        }
    }
}
