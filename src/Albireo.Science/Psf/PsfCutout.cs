using Albireo.Science.Detection;
using Albireo.Science.Images;

namespace Albireo.Science.Psf;

/// <summary>A star cut out of a frame; pixels that are not to be used are NaN.</summary>
/// <param name="Pixels">Square, smaller at the border of the frame.</param>
/// <param name="Centre">The star's place on it.</param>
internal readonly record struct PsfCutout(Image Pixels, PixelPosition Centre)
{
    /// <summary>Cuts out a star with all that surrounds it.</summary>
    public static PsfCutout From(Image image, PixelMask? mask, PixelPosition star, int radius) =>
        From(
            image,
            star,
            radius,
            (x, y) => mask is null || (PixelUse.Counts(mask[x, y]) && !mask[x, y].HasFlag(PixelQuality.Saturated)) ? image[x, y] : float.NaN
        );

    /// <summary>Cuts out a star, pixel by pixel.</summary>
    public static PsfCutout From(Image image, PixelPosition star, int radius, Func<int, int, float> pixel)
    {
        const int Margin = 2; // the star may move a little, and its circle with it
        int left = Math.Max(0, (int)Math.Round(star.X) - radius - Margin);
        int top = Math.Max(0, (int)Math.Round(star.Y) - radius - Margin);
        int right = Math.Min(image.Width - 1, (int)Math.Round(star.X) + radius + Margin);
        int bottom = Math.Min(image.Height - 1, (int)Math.Round(star.Y) + radius + Margin);
        var cutout = new Image(right - left + 1, bottom - top + 1);
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                cutout[x - left, y - top] = pixel(x, y);
            }
        }
        return new PsfCutout(cutout, new PixelPosition(star.X - left, star.Y - top));
    }
}
