using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Detection;

/// <summary>
/// Describes stars of which a finder says little more than the place (IRAF, DAO, peaks) in the words of <see cref="SegmentFinder"/>:
/// shape from adaptive moments, signal-to-noise under a Gaussian, and what is to be said about each.
/// </summary>
public static class SourceDescription
{
    private const int LargestRadius = 24;
    private const double TrailElongation = 6;

    /// <summary>Describes stars; positions stay as they are.</summary>
    /// <param name="image">The picture, background off; NaN pixels are left out.</param>
    /// <param name="noise">σ of the background at a position.</param>
    /// <param name="mask">Bad, cosmic-ray and undefined pixels are left out and flagged; null = none.</param>
    /// <param name="raw">Raw counts, for peaks and saturation.</param>
    /// <param name="saturation">Raw counts at which a pixel is saturated; NaN: not known.</param>
    /// <param name="positions">Where the stars are; on the picture.</param>
    /// <param name="fwhmPixels">How wide stars are, roughly.</param>
    /// <param name="sharpestFwhmPixels">What is sharper than this is a hot pixel or a cosmic ray, and flagged.</param>
    /// <returns>In the order given; flux and its error are NaN, for the finder to say, the pixel count is 0.</returns>
    public static Source[] Of(
        Image image,
        Func<PixelPosition, double> noise,
        PixelMask? mask,
        Image raw,
        double saturation,
        IReadOnlyList<PixelPosition> positions,
        double fwhmPixels,
        double sharpestFwhmPixels
    )
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(noise);
        ArgumentNullException.ThrowIfNull(raw);
        ArgumentNullException.ThrowIfNull(positions);
        Require.Positive(fwhmPixels);
        var sharpness = new Sharpness(sharpestFwhmPixels);
        bool[] blended = Touching(positions, 1.5 * fwhmPixels);
        var sources = new Source[positions.Count];
        for (int i = 0; i < sources.Length; i++)
        {
            double sigma = noise(positions[i]);
            Source source = One(image, mask, positions[i], fwhmPixels, sigma);
            SourceFlags flags = source.Flags | Surroundings(mask, raw, saturation, positions[i], fwhmPixels, out double peak);
            if ((flags & SourceFlags.Saturated) == SourceFlags.None)
            {
                flags |= Judge(image, mask, positions[i], sharpness, (float)sigma);
            }
            sources[i] = source with { Peak = peak, Flags = flags | (blended[i] ? SourceFlags.Blended : SourceFlags.None) };
        }
        return sources;
    }

    private static Source One(Image image, PixelMask? mask, PixelPosition at, double fwhm, double noise)
    {
        double sigma = fwhm / MatchedFilter.GaussianFwhm;
        int radius = Math.Clamp((int)Math.Ceiling(4.5 * sigma), 4, LargestRadius);
        int side = (2 * radius) + 1;
        int stride = AdaptiveMoments.Stride(side);
        double[] stamp = new double[side * stride];
        (int left, int top) = ((int)Math.Round(at.X) - radius, (int)Math.Round(at.Y) - radius);
        (double sum, double squares) = (0, 0);
        for (int y = Math.Max(top, 0); y < Math.Min(top + side, image.Height); y++)
        {
            for (int x = Math.Max(left, 0); x < Math.Min(left + side, image.Width); x++)
            {
                float value = image[x, y];
                if (!float.IsFinite(value) || (mask is not null && !PixelUse.Counts(mask[x, y])))
                {
                    continue;
                }
                stamp[((y - top) * stride) + x - left] = value;
                double square = ((x - at.X) * (x - at.X)) + ((y - at.Y) * (y - at.Y));
                double weight = GaussianWeight.OfSquare(square / (sigma * sigma));
                sum += weight * value;
                squares += weight * weight;
            }
        }
        AdaptiveShape shape = AdaptiveMoments.Measure(
            stamp,
            side,
            at.X - left,
            at.Y - top,
            Math.Max(0.4, sigma * sigma),
            Math.Max(1.5, 1.5 * sigma)
        );
        (double major, double minor, double angle) = shape.Converged ? shape.Ellipse() : (double.NaN, double.NaN, double.NaN);
        SourceFlags flags =
            !shape.Converged ? SourceFlags.NoShape
            : major >= TrailElongation * minor ? SourceFlags.Trailed
            : SourceFlags.None;
        double ratio = noise > 0 ? sum / (noise * Math.Sqrt(squares)) : double.NaN;
        return new Source(at.X, at.Y, double.NaN, double.NaN, double.NaN, Math.Sqrt(major * minor), major, minor, angle, 0, ratio, flags);
    }

    private static SourceFlags Surroundings(PixelMask? mask, Image raw, double saturation, PixelPosition at, double radius, out double peak)
    {
        SourceFlags flags = SourceFlags.None;
        peak = double.NaN;
        for (int y = (int)Math.Ceiling(at.Y - radius); y <= at.Y + radius; y++)
        {
            for (int x = (int)Math.Ceiling(at.X - radius); x <= at.X + radius; x++)
            {
                if (((x - at.X) * (x - at.X)) + ((y - at.Y) * (y - at.Y)) > radius * radius)
                {
                    continue;
                }
                if (x < 0 || y < 0 || x >= raw.Width || y >= raw.Height)
                {
                    flags |= SourceFlags.Edge;
                    continue;
                }
                float count = raw[x, y];
                bool good = float.IsFinite(count) && (mask is null || PixelUse.Counts(mask[x, y]));
                flags |= good ? SourceFlags.None : SourceFlags.BadPixels;
                flags |= count >= saturation ? SourceFlags.Saturated : SourceFlags.None;
                peak = good && !(count <= peak) ? count : peak;
            }
        }
        return flags;
    }

    // The highest pixel of the nine around the position, and its eight neighbours.
    private static SourceFlags Judge(Image image, PixelMask? mask, PixelPosition at, Sharpness sharpness, float noise)
    {
        (int px, int py) = ((int)Math.Round(at.X), (int)Math.Round(at.Y));
        if (px < 2 || py < 2 || px >= image.Width - 2 || py >= image.Height - 2)
        {
            return SourceFlags.None;
        }
        (int bestX, int bestY) = (px, py);
        for (int y = py - 1; y <= py + 1; y++)
        {
            for (int x = px - 1; x <= px + 1; x++)
            {
                (bestX, bestY) = image[x, y] > image[bestX, bestY] ? (x, y) : (bestX, bestY);
            }
        }
        Span<float> box = stackalloc float[9];
        for (int i = 0; i < 9; i++)
        {
            (int x, int y) = (bestX + (i % 3) - 1, bestY + (i / 3) - 1);
            if (!float.IsFinite(image[x, y]) || (mask is not null && !PixelUse.Counts(mask[x, y])))
            {
                return SourceFlags.None; // without all its neighbours a peak cannot be judged
            }
            box[i] = image[x, y];
        }
        return sharpness.Judge(box, noise);
    }

    private static bool[] Touching(IReadOnlyList<PixelPosition> positions, double distance)
    {
        var touching = new bool[positions.Count];
        int[] order = [.. Enumerable.Range(0, positions.Count).OrderBy(i => positions[i].Y)];
        for (int a = 0; a < order.Length; a++)
        {
            PixelPosition p = positions[order[a]];
            for (int b = a + 1; b < order.Length && positions[order[b]].Y - p.Y < distance; b++)
            {
                PixelPosition q = positions[order[b]];
                if (((p.X - q.X) * (p.X - q.X)) + ((p.Y - q.Y) * (p.Y - q.Y)) < distance * distance)
                {
                    (touching[order[a]], touching[order[b]]) = (true, true);
                }
            }
        }
        return touching;
    }
}
