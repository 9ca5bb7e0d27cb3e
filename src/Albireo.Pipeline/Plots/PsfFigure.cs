using Albireo.Science.Images;

namespace Albireo.Pipeline.Plots;

/// <summary>The mean star image with the contours of its model, and the sums along both axes.</summary>
public sealed record PsfFigure
{
    private static readonly double[] Levels = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9];

    public string Title { get; init; } = "Point spread function";

    /// <summary>Model and numbers in a line: <c>Moffat, FWHM 3.42 × 3.31 px, θ 41°, β 3.6</c>.</summary>
    public string? Subtitle { get; init; }

    /// <summary>The mean star image, background removed.</summary>
    public required Image Star { get; init; }

    /// <summary>The fitted model on the same pixels, or null.</summary>
    public Image? Model { get; init; }
    public string ModelName { get; init; } = "model";

    /// <summary>Radius of a circle about the middle, or null.</summary>
    public double? ApertureRadiusPixels { get; init; }

    public FigureSheet Build()
    {
        var stretch = new ImageStretch(DisplayRange.OfPercentiles(Star.Pixels, 1, 99.9), StretchCurve.Asinh);
        var picture = new Picture(Enlarged(stretch), -0.5, Star.Width - 0.5, -0.5, Star.Height - 0.5);
        var image = new Figure
        {
            Title = "Image and contours",
            Subtitle = Model is null ? null : $"contours of the {ModelName} at 5, 10, 25, 50, 75, 90 % of its peak",
            X = new Axis("x", "pixel"),
            Panels =
            [
                new Panel(new Axis("y", "pixel"))
                {
                    Picture = picture,
                    Series = Model is null ? [] : [Contours(Model)],
                    Marks = [.. Circles()],
                },
            ],
            EqualScale = true,
            Width = 400,
        };
        var sums = new Figure
        {
            Title = "Sums along the axes",
            X = new Axis("Column or row", "pixel"),
            Panels = [Marginal("Sum over rows", alongX: true), Marginal("Sum over columns", alongX: false)],
            Width = 400,
        };
        return new FigureSheet
        {
            Title = Title,
            Subtitle = Subtitle,
            Rows =
            [
                [image, sums],
            ],
        };
    }

    private IEnumerable<Mark> Circles()
    {
        if (ApertureRadiusPixels is { } radius)
        {
            yield return new Mark.Circle((Star.Width - 1) / 2.0, (Star.Height - 1) / 2.0, radius) { Color = ColorSlot.Target };
        }
    }

    private Panel Marginal(string label, bool alongX)
    {
        double[] star = Sums(Star, alongX);
        double[] positions = [.. Enumerable.Range(0, star.Length).Select(i => (double)i)];
        var data = new Series
        {
            Name = "star",
            X = positions,
            Y = star,
            Size = 2.6,
        };
        if (Model is null)
        {
            return new Panel(new Axis(label)) { Series = [data] };
        }
        var model = new Series
        {
            Name = ModelName,
            X = positions,
            Y = Sums(Model, alongX),
            Style = SeriesStyle.Line,
            Color = ColorSlot.Vermilion,
        };
        return new Panel(new Axis(label)) { Series = [data, model], Legend = alongX };
    }

    private static double[] Sums(Image image, bool alongX)
    {
        double[] sums = new double[alongX ? image.Width : image.Height];
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                sums[alongX ? x : y] += float.IsNaN(image[x, y]) ? 0 : image[x, y];
            }
        }
        return sums;
    }

    /// <summary>Every pixel as a square of its own, so that no viewer blurs them into each other.</summary>
    private byte[] Enlarged(ImageStretch stretch)
    {
        int factor = Math.Max(1, 420 / Math.Max(Star.Width, Star.Height));
        var big = new Image(Star.Width * factor, Star.Height * factor);
        for (int y = 0; y < big.Height; y++)
        {
            for (int x = 0; x < big.Width; x++)
            {
                big[x, y] = Star[x / factor, y / factor];
            }
        }
        return Raster.Of(big, stretch).ToPng();
    }

    private static Series Contours(Image model)
    {
        float peak = 0;
        foreach (float value in model.Pixels)
        {
            peak = value > peak ? value : peak;
        }
        var (x, y) = (new List<double>(), new List<double>());
        foreach (double level in Levels)
        {
            foreach ((PixelPosition from, PixelPosition to) in ContourLines.Find(model, level * peak))
            {
                x.AddRange([from.X, to.X, double.NaN]);
                y.AddRange([from.Y, to.Y, double.NaN]);
            }
        }
        return new Series
        {
            Name = "contours",
            X = x,
            Y = y,
            Style = SeriesStyle.Line,
            Color = ColorSlot.Check,
            Size = 1.2,
        };
    }
}
