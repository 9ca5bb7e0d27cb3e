using Albireo.Science.Images;
using Albireo.Science.Numerics;

namespace Albireo.Science.Psf;

/// <summary>Brightness against distance from a star's centre.</summary>
public static class RadialProfile
{
    /// <summary>Measures it in rings.</summary>
    /// <param name="image">The picture; NaN pixels are left out.</param>
    /// <param name="sky">Level to take off.</param>
    /// <param name="centre">The star's centre.</param>
    /// <param name="radiusPixels">How far out.</param>
    /// <param name="binPixels">Width of a ring.</param>
    /// <returns>Rings that hold pixels, from the inside out.</returns>
    public static RadialBin[] Of(Image image, double sky, PixelPosition centre, double radiusPixels, double binPixels = 0.5)
    {
        ArgumentNullException.ThrowIfNull(image);
        Require.Positive(radiusPixels);
        Require.Positive(binPixels);
        int bins = (int)Math.Ceiling(radiusPixels / binPixels);
        var sums = new (int Count, double Radius, double Value, double Square)[bins];
        int left = Math.Max(0, (int)Math.Ceiling(centre.X - radiusPixels));
        int right = Math.Min(image.Width - 1, (int)Math.Floor(centre.X + radiusPixels));
        int top = Math.Max(0, (int)Math.Ceiling(centre.Y - radiusPixels));
        int bottom = Math.Min(image.Height - 1, (int)Math.Floor(centre.Y + radiusPixels));
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                double r = Math.Sqrt(((x - centre.X) * (x - centre.X)) + ((y - centre.Y) * (y - centre.Y)));
                int bin = (int)(r / binPixels);
                double value = image[x, y] - sky;
                if (bin < bins && double.IsFinite(value))
                {
                    ref var s = ref sums[bin];
                    s = (s.Count + 1, s.Radius + r, s.Value + value, s.Square + (value * value));
                }
            }
        }
        return
        [
            .. sums.Where(s => s.Count > 0)
                .Select(s => new RadialBin(
                    s.Radius / s.Count,
                    s.Value / s.Count,
                    Math.Sqrt(Math.Max(0, (s.Square / s.Count) - (s.Value / s.Count * (s.Value / s.Count)))),
                    s.Count
                )),
        ];
    }
}
