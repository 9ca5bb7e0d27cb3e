using Albireo.Science.Detection;
using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Psf;

/// <summary>
/// The median of stars cut out on whole pixels and divided by their sum (prose's MedianPSF): a first look at a frame's profile.
/// Stars lie up to half a pixel off the middle, which widens it; <see cref="EmpiricalPsfBuilder"/> takes that out.
/// </summary>
public static class MedianPsf
{
    /// <summary>Makes it.</summary>
    /// <param name="image">The frame.</param>
    /// <param name="level">The background's level at a position.</param>
    /// <param name="stars">Which stars; those too near to the border or with undefined pixels are left out.</param>
    /// <param name="side">Pixels along each side, odd.</param>
    /// <returns>A picture of sum near 1 with the star in the middle; null without a star that can be used.</returns>
    public static Image? Make(Image image, Func<double, double, double> level, IEnumerable<Source> stars, int side = 21)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(level);
        ArgumentNullException.ThrowIfNull(stars);
        if (Require.Positive(side) % 2 == 0)
        {
            throw new ArgumentException("The cut-out needs an odd number of pixels a side.", nameof(side));
        }
        int half = side / 2;
        var cutouts = new List<float[]>();
        foreach (Source star in stars)
        {
            int x = (int)Math.Round(star.X) - half;
            int y = (int)Math.Round(star.Y) - half;
            if (x < 0 || y < 0 || x + side > image.Width || y + side > image.Height)
            {
                continue;
            }
            double sky = level(star.X, star.Y);
            var cutout = new float[side * side];
            double sum = 0;
            for (int i = 0; i < cutout.Length; i++)
            {
                double value = image[x + (i % side), y + (i / side)] - sky;
                cutout[i] = (float)value;
                sum += value;
            }
            if (sum > 0)
            {
                cutouts.Add([.. cutout.Select(v => (float)(v / sum))]);
            }
        }
        if (cutouts.Count == 0)
        {
            return null;
        }
        var result = new Image(side, side);
        float[] values = new float[cutouts.Count];
        for (int i = 0; i < side * side; i++)
        {
            for (int k = 0; k < values.Length; k++)
            {
                values[k] = cutouts[k][i];
            }
            result.Pixels[i] = Medians.Of(values);
        }
        return result;
    }
}
