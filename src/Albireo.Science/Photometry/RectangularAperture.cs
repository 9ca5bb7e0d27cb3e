using Albireo.Science.Numerics;

namespace Albireo.Science.Photometry;

/// <summary>A rectangle, turned by an angle: the shape for trails and slits.</summary>
/// <param name="WidthPixels">Above 0.</param>
/// <param name="HeightPixels">Above 0.</param>
/// <param name="AngleRadians">From the x axis towards the y axis to the side of <paramref name="WidthPixels"/>.</param>
public sealed record RectangularAperture(double WidthPixels, double HeightPixels, double AngleRadians) : Aperture
{
    /// <summary>Width in pixels.</summary>
    public double WidthPixels { get; init; } = Require.Positive(WidthPixels);

    /// <summary>Height in pixels.</summary>
    public double HeightPixels { get; init; } = Require.Positive(HeightPixels);

    /// <inheritdoc/>
    public override double AreaPixels => WidthPixels * HeightPixels;

    /// <inheritdoc/>
    public override double ReachX =>
        ((WidthPixels * Math.Abs(Math.Cos(AngleRadians))) + (HeightPixels * Math.Abs(Math.Sin(AngleRadians)))) / 2;

    /// <inheritdoc/>
    public override double ReachY =>
        ((WidthPixels * Math.Abs(Math.Sin(AngleRadians))) + (HeightPixels * Math.Abs(Math.Cos(AngleRadians)))) / 2;

    /// <inheritdoc/>
    public override double OverlapOfPixel(double dx, double dy)
    {
        (double sin, double cos) = Math.SinCos(AngleRadians);
        (double X, double Y) Turn(double x, double y) => ((x * cos) + (y * sin), (y * cos) - (x * sin));
        ReadOnlySpan<(double, double)> corners =
        [
            Turn(dx - 0.5, dy - 0.5),
            Turn(dx + 0.5, dy - 0.5),
            Turn(dx + 0.5, dy + 0.5),
            Turn(dx - 0.5, dy + 0.5),
        ];
        return Math.Clamp(PolygonOverlap.WithRectangle(corners, WidthPixels / 2, HeightPixels / 2), 0, 1);
    }

    /// <inheritdoc/>
    public override bool Contains(double dx, double dy)
    {
        (double sin, double cos) = Math.SinCos(AngleRadians);
        return Math.Abs((dx * cos) + (dy * sin)) < WidthPixels / 2 && Math.Abs((dy * cos) - (dx * sin)) < HeightPixels / 2;
    }
}
