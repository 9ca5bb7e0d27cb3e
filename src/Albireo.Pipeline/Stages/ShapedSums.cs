using Albireo.Science.Images;
using Albireo.Science.Photometry;

namespace Albireo.Pipeline.Stages;

/// <summary>Ellipses and rectangles of several sizes about many stars; <see cref="AperturePhotometry"/> does circles.</summary>
internal static class ShapedSums
{
    /// <summary>Sums all stars in all sizes.</summary>
    /// <param name="sums">The picture and the rules.</param>
    /// <param name="shape">Of the aperture and of the sky's ring.</param>
    /// <param name="annulus">Half the long axes of the ring; null: no sky is taken off here.</param>
    /// <param name="positions">Where the stars are.</param>
    /// <param name="result">Receives all but the positions; its flags are added to.</param>
    public static void Measure(
        ApertureSums sums,
        ApertureShape shape,
        (double Inner, double Outer)? annulus,
        PixelPosition[] positions,
        FrameFluxes result
    )
    {
        Image picture = sums.Picture();
        Image? errors = sums.PixelErrors();
        Aperture? ring = annulus is { } a ? shape.Ring(a.Inner, a.Outer) : null;
        Aperture[] apertures = Array.ConvertAll(result.RadiiPixels, shape.Of);
        Aperture core = new CircularAperture(sums.Rules.PeakRadiusPixels);
        for (int i = 0; i < positions.Length; i++)
        {
            bool inside = picture.Contains(positions[i].X, positions[i].Y);
            SkyRing? sky =
                ring is null || !inside ? null : SkyRing.Measure(picture, sums.Mask, positions[i], ring, sums.Options.Sky, sums.Clip);
            (result.Sky[i], result.SkyRms[i]) = sky is { } s ? ((float)s.Level, (float)s.Rms) : (float.NaN, float.NaN);
            result.Peak[i] = inside ? Peak(sums, positions[i], core) : float.NaN;
            for (int k = 0; k < apertures.Length; k++)
            {
                ApertureSum sum = ApertureSum.Measure(picture, sums.Mask, errors, positions[i], apertures[k], sky, sums.Rules);
                result.Flux[(i * apertures.Length) + k] = sum.Flux;
                result.FluxError[(i * apertures.Length) + k] = sum.Error;
                result.Flags[i] |= sum.Flags;
            }
        }
    }

    private static float Peak(ApertureSums sums, PixelPosition star, Aperture core)
    {
        float peak = float.NaN;
        for (int y = (int)Math.Max(0, star.Y - core.ReachY); y <= Math.Min(sums.Raw.Height - 1, star.Y + core.ReachY); y++)
        {
            for (int x = (int)Math.Max(0, star.X - core.ReachX); x <= Math.Min(sums.Raw.Width - 1, star.X + core.ReachX); x++)
            {
                float count = sums.Raw[x, y];
                bool counts = core.Contains(x - star.X, y - star.Y) && float.IsFinite(count) && !(count <= peak);
                peak = counts ? count : peak;
            }
        }
        return peak;
    }
}
