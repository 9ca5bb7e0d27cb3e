using Albireo.Science.Images;
using Albireo.Science.Numerics;
using Albireo.Science.Sky;

namespace Albireo.Science.Calibration;

/// <summary>Parts and mirror images of frames, with their coordinates kept right.</summary>
public static class ImageGeometry
{
    /// <summary>A part of a frame as a frame of its own: a trimmed frame, or a master cut down to a sub-frame.</summary>
    /// <exception cref="ArgumentException">The region does not lie on the frame whole.</exception>
    public static Image Cut(Image image, PixelRegion region)
    {
        var part = new Image(region.Width, region.Height);
        Cut(image, region, part);
        return part;
    }

    /// <summary>The same into a picture of the region's size.</summary>
    /// <exception cref="ArgumentException">The region does not lie on the frame whole, or is not of the part's size.</exception>
    public static void Cut(Image image, PixelRegion region, Image part)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(part);
        Inside(region, image.Width, image.Height);
        Require.SameLength(region.Width, part.Width);
        Require.SameLength(region.Height, part.Height);
        for (int y = 0; y < part.Height; y++)
        {
            image.Row(region.FirstRow + y).Slice(region.FirstColumn, region.Width).CopyTo(part.Row(y));
        }
    }

    /// <summary>The same for a mask.</summary>
    /// <exception cref="ArgumentException">The region does not lie on the mask whole.</exception>
    public static PixelMask Cut(PixelMask mask, PixelRegion region)
    {
        ArgumentNullException.ThrowIfNull(mask);
        Inside(region, mask.Width, mask.Height);
        var part = new PixelMask(region.Width, region.Height);
        for (int y = 0; y < part.Height; y++)
        {
            mask.Row(region.FirstRow + y).Slice(region.FirstColumn, region.Width).CopyTo(part.Row(y));
        }
        return part;
    }

    /// <summary>The coordinates of a part: only the reference pixel moves.</summary>
    public static Wcs Cut(Wcs wcs, PixelRegion region)
    {
        ArgumentNullException.ThrowIfNull(wcs);
        return wcs with
        {
            ReferencePixel = new PixelPosition(wcs.ReferencePixel.X - region.FirstColumn, wcs.ReferencePixel.Y - region.FirstRow),
        };
    }

    /// <summary>Turns a frame upside down, in place: row y becomes row height − 1 − y.</summary>
    public static void FlipUpDown(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        for (int y = 0; y < image.Height / 2; y++)
        {
            Swap(image.Row(y), image.Row(image.Height - 1 - y));
        }
    }

    /// <summary>The same for a mask.</summary>
    public static void FlipUpDown(PixelMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        for (int y = 0; y < mask.Height / 2; y++)
        {
            Swap(mask.Row(y), mask.Row(mask.Height - 1 - y));
        }
    }

    /// <summary>
    /// The coordinates of a frame turned upside down: a star keeps its place on the sky. (Original of system 1: only the pixels were
    /// turned, which moved every star but those on the middle row.)
    /// </summary>
    /// <exception cref="NotSupportedException">The coordinates have distortion terms.</exception>
    public static Wcs FlipUpDown(Wcs wcs, int height)
    {
        Plain(wcs);
        return wcs with
        {
            ReferencePixel = wcs.ReferencePixel with { Y = height - 1 - wcs.ReferencePixel.Y },
            Matrix = [wcs.Matrix[0], -wcs.Matrix[1], wcs.Matrix[2], -wcs.Matrix[3]],
        };
    }

    /// <summary>Mirrors a frame left to right, in place: column x becomes column width − 1 − x.</summary>
    public static void FlipLeftRight(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        for (int y = 0; y < image.Height; y++)
        {
            image.Row(y).Reverse();
        }
    }

    /// <summary>The same for a mask.</summary>
    public static void FlipLeftRight(PixelMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        for (int y = 0; y < mask.Height; y++)
        {
            mask.Row(y).Reverse();
        }
    }

    /// <summary>The coordinates of a frame mirrored left to right.</summary>
    /// <exception cref="NotSupportedException">The coordinates have distortion terms.</exception>
    public static Wcs FlipLeftRight(Wcs wcs, int width)
    {
        Plain(wcs);
        return wcs with
        {
            ReferencePixel = wcs.ReferencePixel with { X = width - 1 - wcs.ReferencePixel.X },
            Matrix = [-wcs.Matrix[0], wcs.Matrix[1], -wcs.Matrix[2], wcs.Matrix[3]],
        };
    }

    private static void Plain(Wcs wcs)
    {
        ArgumentNullException.ThrowIfNull(wcs);
        if (wcs.Distortion is not null)
        {
            throw new NotSupportedException("Coordinates with distortion terms cannot be mirrored.");
        }
    }

    private static void Inside(PixelRegion region, int width, int height)
    {
        if (region.Within(width, height) != region)
        {
            throw new ArgumentException(
                $"The region {region.FirstColumn}:{region.EndColumn},{region.FirstRow}:{region.EndRow} does not lie whole on {width} × {height} pixels.",
                nameof(region)
            );
        }
    }

    private static void Swap<T>(Span<T> one, Span<T> other)
    {
        for (int i = 0; i < one.Length; i++)
        {
            (one[i], other[i]) = (other[i], one[i]);
        }
    }
}
