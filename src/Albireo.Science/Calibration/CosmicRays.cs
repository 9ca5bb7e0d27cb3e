using System.Runtime.Intrinsics;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Calibration;

/// <summary>
/// Finds cosmic rays by their sharp edges: L.A.Cosmic (van Dokkum 2001, PASP 113, 1420). The Laplacian of the frame, sampled twice as
/// finely so that the negative halo of a hit does not eat its neighbours, over the expected noise, is large at a hit; stars, too, have
/// one, but are also present in the fine structure (3 × 3 median less its 7 × 7 median), which a hit is not.
/// </summary>
public static class CosmicRays
{
    private const PixelQuality Unusable = PixelQuality.BadPixel | PixelQuality.Saturated | PixelQuality.Undefined;

    /// <summary>Flags the pixels that were hit.</summary>
    /// <param name="image">ADU with the sky in it (the noise is told from the level); not changed.</param>
    /// <param name="mask">Flags of the frame: bad, saturated and undefined pixels, and two pixels around saturated ones, are never hits.
    /// <see cref="PixelQuality.CosmicRay"/> is added.</param>
    /// <param name="gainElectronsPerAdu">Above 0.</param>
    /// <param name="readNoiseElectrons">0 or more.</param>
    /// <param name="options">Limits.</param>
    /// <param name="cleaned">Filled with the frame, its hits replaced by the median of the good pixels in 5 × 5; or null.</param>
    /// <param name="bands">How rows are shared out; serial where null.</param>
    /// <returns>How many pixels were hit.</returns>
    public static int Find(
        Image image,
        PixelMask mask,
        double gainElectronsPerAdu,
        double readNoiseElectrons,
        CosmicRayOptions options,
        Image? cleaned = null,
        BandRunner? bands = null
    )
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(options);
        Require.SameLength(image.Pixels.Length, mask.Flags.Length);
        Require.SameLength(image.Pixels.Length, cleaned?.Pixels.Length ?? image.Pixels.Length, nameof(cleaned));
        var search = new LaplacianSearch(
            image,
            mask,
            (float)Require.Positive(gainElectronsPerAdu),
            (float)Require.NotNegative(readNoiseElectrons),
            options,
            bands ?? BandRunner.Serial
        );
        int total = 0;
        for (int round = 0; round < options.Iterations; round++)
        {
            int found = search.Round();
            total += found;
            if (found == 0)
            {
                break;
            }
        }
        for (int i = 0; i < mask.Flags.Length; i++)
        {
            mask.Flags[i] |= search.Hits[i] ? PixelQuality.CosmicRay : PixelQuality.None;
        }
        if (cleaned is not null)
        {
            for (int i = 0; i < image.Pixels.Length; i++)
            {
                cleaned.Pixels[i] = search.Hits[i] ? search.Clean.Pixels[i] / (float)gainElectronsPerAdu : image.Pixels[i];
            }
        }
        return total;
    }

    /// <summary>Pixels that take no part: unusable ones, and those within two pixels of a saturated one.</summary>
    internal static bool[] Excluded(PixelMask mask)
    {
        var excluded = new bool[mask.Flags.Length];
        for (int y = 0; y < mask.Height; y++)
        {
            for (int x = 0; x < mask.Width; x++)
            {
                PixelQuality flags = mask[x, y];
                excluded[(y * mask.Width) + x] |= (flags & Unusable) != PixelQuality.None;
                if ((flags & PixelQuality.Saturated) == PixelQuality.None)
                {
                    continue;
                }
                for (int j = Math.Max(0, y - 2); j <= Math.Min(mask.Height - 1, y + 2); j++)
                {
                    excluded
                        .AsSpan((j * mask.Width) + Math.Max(0, x - 2), Math.Min(mask.Width - 1, x + 2) - Math.Max(0, x - 2) + 1)
                        .Fill(true);
                }
            }
        }
        return excluded;
    }
}
