using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Psf;

/// <summary>The diameter of the circle about a star's centre that holds half of its flux: a width that asks nothing of the profile.</summary>
public static class HalfFluxDiameter
{
    private const int Parts = 5;

    /// <summary>Measures it.</summary>
    /// <param name="image">The picture; NaN pixels count nothing.</param>
    /// <param name="sky">Level to take off.</param>
    /// <param name="centre">The star's centre.</param>
    /// <param name="radiusPixels">Circle that is taken to hold all of the flux.</param>
    /// <returns>Pixels; NaN where the flux in the circle is not positive.</returns>
    public static double Of(Image image, double sky, PixelPosition centre, double radiusPixels)
    {
        ArgumentNullException.ThrowIfNull(image);
        Require.Positive(radiusPixels);
        int bins = (int)Math.Ceiling(radiusPixels * 50);
        var flux = new double[bins + 1];
        int left = Math.Max(0, (int)Math.Floor(centre.X - radiusPixels));
        int right = Math.Min(image.Width - 1, (int)Math.Ceiling(centre.X + radiusPixels));
        int top = Math.Max(0, (int)Math.Floor(centre.Y - radiusPixels));
        int bottom = Math.Min(image.Height - 1, (int)Math.Ceiling(centre.Y + radiusPixels));
        double total = 0;
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                float pixel = image[x, y];
                if (!float.IsFinite(pixel))
                {
                    continue;
                }
                double part = (pixel - sky) / (Parts * Parts);
                for (int k = 0; k < Parts * Parts; k++)
                {
                    double dx = x + (((k % Parts) + 0.5) / Parts) - 0.5 - centre.X;
                    double dy = y + (((k / Parts) + 0.5) / Parts) - 0.5 - centre.Y;
                    double r = Math.Sqrt((dx * dx) + (dy * dy));
                    if (r < radiusPixels)
                    {
                        flux[(int)(r * 50)] += part;
                        total += part;
                    }
                }
            }
        }
        if (!(total > 0))
        {
            return double.NaN;
        }
        double sum = 0;
        for (int i = 0; i < bins; i++)
        {
            if (sum + flux[i] >= total / 2)
            {
                return 2 * (i + (((total / 2) - sum) / flux[i])) / 50;
            }
            sum += flux[i];
        }
        return double.NaN;
    }
}
