using Albireo.Science.Images;

namespace Albireo.Science.Matching;

/// <summary>A linear map of the plane: <c>x' = a·x + b·y + c</c>, <c>y' = d·x + e·y + f</c>.</summary>
/// <param name="A">∂x'/∂x.</param>
/// <param name="B">∂x'/∂y.</param>
/// <param name="C">Shift along x, pixels.</param>
/// <param name="D">∂y'/∂x.</param>
/// <param name="E">∂y'/∂y.</param>
/// <param name="F">Shift along y, pixels.</param>
public readonly record struct PlaneTransform(double A, double B, double C, double D, double E, double F)
{
    /// <summary>The map that changes nothing.</summary>
    public static PlaneTransform Identity { get; } = new(1, 0, 0, 0, 1, 0);

    /// <summary>Area ratio, negative for a mirror image.</summary>
    public double Determinant => (A * E) - (B * D);

    /// <summary>Linear scale: √|determinant|.</summary>
    public double Scale => Math.Sqrt(Math.Abs(Determinant));

    /// <summary>Whether the map turns the picture over.</summary>
    public bool IsReflected => Determinant < 0;

    /// <summary>Where the +x direction turns to, from +x towards +y, in (−180, 180].</summary>
    public double RotationDegrees => Math.Atan2(D, A) * 180 / Math.PI;

    /// <summary>A rotation about the origin, then a shift.</summary>
    public static PlaneTransform FromSimilarity(double scale, double rotationDegrees, bool reflected, double shiftX, double shiftY)
    {
        double angle = rotationDegrees * Math.PI / 180;
        (double c, double s) = (scale * Math.Cos(angle), scale * Math.Sin(angle));
        return reflected ? new(c, s, shiftX, s, -c, shiftY) : new(c, -s, shiftX, s, c, shiftY);
    }

    /// <summary>Where a position goes.</summary>
    public PixelPosition Apply(PixelPosition position) => Apply(position.X, position.Y);

    /// <summary>Where a position goes.</summary>
    public PixelPosition Apply(double x, double y) => new((A * x) + (B * y) + C, (D * x) + (E * y) + F);

    /// <summary>The map that undoes this one.</summary>
    /// <exception cref="InvalidOperationException">It maps the plane onto a line or a point.</exception>
    public PlaneTransform Inverse()
    {
        double determinant = Determinant;
        if (!double.IsFinite(1 / determinant))
        {
            throw new InvalidOperationException("This transform has no inverse: its determinant is 0.");
        }
        double a = E / determinant;
        double b = -B / determinant;
        double d = -D / determinant;
        double e = A / determinant;
        return new PlaneTransform(a, b, -((a * C) + (b * F)), d, e, -((d * C) + (e * F)));
    }

    /// <summary>First this map, then <paramref name="next"/>.</summary>
    public PlaneTransform Then(PlaneTransform next) =>
        new(
            (next.A * A) + (next.B * D),
            (next.A * B) + (next.B * E),
            (next.A * C) + (next.B * F) + next.C,
            (next.D * A) + (next.E * D),
            (next.D * B) + (next.E * E),
            (next.D * C) + (next.E * F) + next.F
        );
}
