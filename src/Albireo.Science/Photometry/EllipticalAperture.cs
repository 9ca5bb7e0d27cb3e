using Albireo.Science.Numerics;

namespace Albireo.Science.Photometry;

/// <summary>An ellipse. Its areas are those of the unit circle with pixels turned and stretched along.</summary>
/// <param name="SemiMajorPixels">Half the long axis, above 0.</param>
/// <param name="SemiMinorPixels">Half the other axis, above 0.</param>
/// <param name="AngleRadians">From the x axis towards the y axis to the long axis.</param>
public sealed record EllipticalAperture(double SemiMajorPixels, double SemiMinorPixels, double AngleRadians) : Aperture
{
    /// <summary>Half the long axis in pixels.</summary>
    public double SemiMajorPixels { get; init; } = Require.Positive(SemiMajorPixels);

    /// <summary>Half the other axis in pixels.</summary>
    public double SemiMinorPixels { get; init; } = Require.Positive(SemiMinorPixels);

    /// <inheritdoc/>
    public override double AreaPixels => Math.PI * SemiMajorPixels * SemiMinorPixels;

    /// <inheritdoc/>
    public override double ReachX =>
        Math.Sqrt(Square(SemiMajorPixels * Math.Cos(AngleRadians)) + Square(SemiMinorPixels * Math.Sin(AngleRadians)));

    /// <inheritdoc/>
    public override double ReachY =>
        Math.Sqrt(Square(SemiMajorPixels * Math.Sin(AngleRadians)) + Square(SemiMinorPixels * Math.Cos(AngleRadians)));

    /// <inheritdoc/>
    public override double OverlapOfPixel(double dx, double dy)
    {
        (double sin, double cos) = Math.SinCos(AngleRadians);
        (double X, double Y) Stretch(double x, double y) =>
            (((x * cos) + (y * sin)) / SemiMajorPixels, ((y * cos) - (x * sin)) / SemiMinorPixels);
        ReadOnlySpan<(double, double)> corners =
        [
            Stretch(dx - 0.5, dy - 0.5),
            Stretch(dx + 0.5, dy - 0.5),
            Stretch(dx + 0.5, dy + 0.5),
            Stretch(dx - 0.5, dy + 0.5),
        ];
        double area = PolygonOverlap.WithUnitCircle(corners) * SemiMajorPixels * SemiMinorPixels;
        // Sectors that cancel leave rounding: a pixel outside must have exactly nothing.
        return area < 1e-13 ? 0 : Math.Min(area, 1);
    }

    /// <inheritdoc/>
    public override bool Contains(double dx, double dy)
    {
        (double sin, double cos) = Math.SinCos(AngleRadians);
        return Square(((dx * cos) + (dy * sin)) / SemiMajorPixels) + Square(((dy * cos) - (dx * sin)) / SemiMinorPixels) < 1;
    }

    private static double Square(double value) => value * value;
}
