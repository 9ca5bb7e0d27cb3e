using Albireo.Science.Images;

namespace Albireo.Pipeline.Plots;

/// <summary>The reference frame with the chosen stars, their apertures and annuli.</summary>
public static class FinderChart
{
    private static readonly (double Arcsec, string Label)[] Bars =
    [
        (1, "1″"),
        (2, "2″"),
        (5, "5″"),
        (10, "10″"),
        (20, "20″"),
        (30, "30″"),
        (60, "1′"),
        (120, "2′"),
        (300, "5′"),
        (600, "10′"),
        (1200, "20′"),
        (1800, "30′"),
        (3600, "1°"),
        (7200, "2°"),
        (18000, "5°"),
    ];

    /// <summary>The chart: the picture with everything drawn over it.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="options">What is drawn over it.</param>
    /// <param name="pixels">What <see cref="Pixels"/> gives for both, where that is known already.</param>
    public static Figure Make(Image image, FinderChartOptions options, byte[]? pixels = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(options);
        (double width, double height) = (image.Width, image.Height);
        var picture = new Picture(
            pixels ?? Pixels(image, options),
            options.FlipHorizontal ? width - 0.5 : -0.5,
            options.FlipHorizontal ? -0.5 : width - 0.5,
            options.FlipVertical ? height - 0.5 : -0.5,
            options.FlipVertical ? -0.5 : height - 0.5
        );
        return new Figure
        {
            Title = options.Title,
            Subtitle = options.Subtitle,
            X = new Axis("x", "pixel") { Inverted = options.FlipHorizontal },
            Panels =
            [
                new Panel(new Axis("y", "pixel") { Inverted = options.FlipVertical })
                {
                    Picture = picture,
                    Marks = [.. Stars(options), .. Compass(image, options), .. ScaleBar(image, options)],
                },
            ],
            EqualScale = true,
        };
    }

    /// <summary>The picture alone, as a PNG file.</summary>
    public static byte[] Pixels(Image image, FinderChartOptions options)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(options);
        int factor = ImageShrink.FactorToFit(image.Width, image.Height, options.MaximumPicturePixels, options.MaximumPicturePixels);
        Image shown = factor > 1 ? ImageShrink.ByArea(image, factor) : image;
        DisplayRange range = options.Range ?? DisplayRange.OfPercentiles(shown.Pixels, 20, 99.7);
        return Raster.Of(shown, new ImageStretch(range, options.Curve), options.FlipVertical, options.FlipHorizontal).ToPng();
    }

    private static IEnumerable<Mark> Stars(FinderChartOptions options)
    {
        // The stars that matter come first, so that their labels get the best places.
        foreach (FinderStar star in options.Stars.OrderBy(s => s.Role == FinderRole.Other).ThenBy(s => s.Role))
        {
            ColorSlot color = star.Role switch
            {
                FinderRole.Target => ColorSlot.Target,
                FinderRole.Comparison => ColorSlot.Comparison,
                FinderRole.Check => ColorSlot.Check,
                FinderRole.Other => ColorSlot.Faint,
            };
            double aperture = options.ApertureRadiusPixels ?? 10;
            if (star.Role == FinderRole.Other)
            {
                yield return new Mark.Circle(star.X, star.Y, aperture, star.Label) { Color = color };
                continue;
            }
            double?[] radii = [options.AnnulusInnerPixels, options.AnnulusOuterPixels];
            double outermost = Math.Max(aperture, radii.Max() ?? 0);
            foreach (double radius in radii.OfType<double>().Append(aperture).Where(r => r < outermost))
            {
                yield return new Mark.Circle(star.X, star.Y, radius) { Color = color, Dashed = radius != aperture };
            }
            yield return new Mark.Circle(star.X, star.Y, outermost, star.Label) { Color = color, Dashed = outermost != aperture };
        }
    }

    private static IEnumerable<Mark> Compass(Image image, FinderChartOptions options)
    {
        if (options.North is not { } north || options.East is not { } east)
        {
            yield break;
        }
        double size = Math.Min(image.Width, image.Height);
        PixelPosition centre = FreeCorner(image, options, 0.14 * size);
        foreach ((PixelPosition direction, string label) in new[] { (north, "N"), (east, "E") })
        {
            double length = Math.Sqrt((direction.X * direction.X) + (direction.Y * direction.Y));
            if (length > 0 && double.IsFinite(length))
            {
                double reach = 0.085 * size / length;
                yield return new Mark.Segment(centre.X, centre.Y, centre.X + (reach * direction.X), centre.Y + (reach * direction.Y), label)
                {
                    Arrow = true,
                    Color = ColorSlot.Faint,
                };
            }
        }
    }

    /// <summary>The corner with the fewest marked stars, the upper right before the upper left and the lower right.</summary>
    private static PixelPosition FreeCorner(Image image, FinderChartOptions options, double margin)
    {
        (double left, double right) = (margin, image.Width - 1 - margin);
        (double bottom, double top) = (margin, image.Height - 1 - margin);
        (left, right) = options.FlipHorizontal ? (right, left) : (left, right);
        (bottom, top) = options.FlipVertical ? (top, bottom) : (bottom, top);
        PixelPosition[] corners = [new(right, top), new(left, top), new(right, bottom)];
        return corners.MinBy(c => options.Stars.Count(s => Math.Abs(s.X - c.X) < 1.4 * margin && Math.Abs(s.Y - c.Y) < 1.4 * margin));
    }

    private static IEnumerable<Mark> ScaleBar(Image image, FinderChartOptions options)
    {
        if (options.PixelScaleArcsec is not { } scale || !(scale > 0))
        {
            yield break;
        }
        double longest = 0.25 * image.Width * scale;
        if (longest < Bars[0].Arcsec)
        {
            yield break;
        }
        (double arcsec, string label) = Bars.Last(b => b.Arcsec <= longest);
        double length = arcsec / scale;
        double margin = 0.04 * image.Width;
        double x = options.FlipHorizontal ? image.Width - 1 - margin - length : margin;
        double y = options.FlipVertical ? 0.955 * image.Height : 0.045 * image.Height;
        yield return new Mark.Segment(x, y, x + length, y, label) { Color = ColorSlot.Faint };
    }
}
