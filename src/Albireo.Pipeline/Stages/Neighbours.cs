using System.Buffers;
using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Photometry;

namespace Albireo.Pipeline.Stages;

/// <summary>How much of other stars' light each star's apertures hold.</summary>
internal static class Neighbours
{
    /// <summary>Exponent of the profile that is assumed: Moffat's, as seeing makes it (Trujillo et al. 2001 find 2.5 to 4.8).</summary>
    public const double MoffatBeta = 3;

    /// <summary>Estimates contamination [star, radius] and flags what exceeds the limit in the largest circle.</summary>
    /// <param name="positions">The stars.</param>
    /// <param name="sources">All sources of the same picture.</param>
    /// <param name="fwhmPixels">Of its stars; NaN: nothing can be said.</param>
    /// <param name="limit">Null: nothing is flagged.</param>
    /// <param name="result">Whose contamination and flags are filled in.</param>
    public static void Estimate(
        PixelPosition[] positions,
        IReadOnlyList<Source> sources,
        double fwhmPixels,
        double? limit,
        FrameFluxes result
    )
    {
        if (!(fwhmPixels > 0))
        {
            return;
        }
        int radii = result.RadiiPixels.Length;
        int length = positions.Length * radii;
        double[] contamination = ArrayPool<double>.Shared.Rent(length);
        NeighbourLight.Among(positions, sources, result.RadiiPixels, fwhmPixels, MoffatBeta, contamination.AsSpan(0, length));
        for (int star = 0; star < positions.Length; star++)
        {
            for (int k = 0; k < radii; k++)
            {
                double part = contamination[(star * radii) + k];
                result.Contamination[(star * radii) + k] = (float)part;
                result.Flags[star] |= part > limit ? FluxQuality.Neighbour : FluxQuality.None;
            }
        }
        ArrayPool<double>.Shared.Return(contamination);
    }
}
