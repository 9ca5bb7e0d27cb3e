namespace Albireo.Science.Psf;

/// <summary>The quadratic form q = p·dx² + 2r·dx·dy + t·dy² of an ellipse, and its axes.</summary>
internal readonly record struct EllipseShape(double P, double T, double R)
{
    /// <summary>The form that is 1 on the ellipse of these semi-axes.</summary>
    public static EllipseShape FromAxes(double semiMajor, double semiMinor, double angleDegrees)
    {
        double angle = angleDegrees * Math.PI / 180;
        (double c, double s) = (Math.Cos(angle), Math.Sin(angle));
        (double a, double b) = (1 / (semiMajor * semiMajor), 1 / (semiMinor * semiMinor));
        return new EllipseShape((a * c * c) + (b * s * s), (a * s * s) + (b * c * c), (a - b) * c * s);
    }

    /// <summary>Semi-axes of the ellipse q = 1 and the direction of the long one, in (−90, 90].</summary>
    public (double SemiMajor, double SemiMinor, double AngleDegrees) Axes()
    {
        double mean = (P + T) / 2;
        double half = Math.Sqrt((0.25 * (P - T) * (P - T)) + (R * R));
        // The long axis belongs to the smaller eigenvalue.
        double angle = 0.5 * Math.Atan2(-2 * R, T - P) * 180 / Math.PI;
        return (1 / Math.Sqrt(mean - half), 1 / Math.Sqrt(mean + half), angle <= -90 ? angle + 180 : angle);
    }
}
