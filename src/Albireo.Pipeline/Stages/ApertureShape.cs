using Albireo.Science.Photometry;

namespace Albireo.Pipeline.Stages;

/// <summary>A shape without its size.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Ratio">Short axis over long axis, (0, 1].</param>
/// <param name="AngleDegrees">From +x towards +y to the long axis.</param>
public sealed record ApertureShape(ApertureKind Kind, double Ratio = 1, double AngleDegrees = 0)
{
    private double Angle => AngleDegrees * Math.PI / 180;

    /// <summary>The aperture of a radius.</summary>
    public Aperture Of(double radius) =>
        Kind switch
        {
            ApertureKind.Circle => new CircularAperture(radius),
            ApertureKind.Ellipse => new EllipticalAperture(radius, Ratio * radius, Angle),
            ApertureKind.Rectangle => new RectangularAperture(2 * radius, 2 * Ratio * radius, Angle),
        };

    /// <summary>The ring between two radii; the whole of the outer one for an inner radius of 0.</summary>
    public Aperture Ring(double inner, double outer) => inner > 0 ? new RingAperture(Of(inner), Of(outer)) : Of(outer);
}
