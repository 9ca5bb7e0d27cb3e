namespace Albireo.Science.Photometry;

/// <summary>
/// A shape about a star. It gives every pixel the exact area that it covers of it, so that the weights of all pixels add up to
/// <see cref="AreaPixels"/>.
/// </summary>
public abstract record Aperture
{
    /// <summary>Area in pixels.</summary>
    public abstract double AreaPixels { get; }

    /// <summary>How far the shape reaches to the left and right of its centre.</summary>
    public abstract double ReachX { get; }

    /// <summary>How far it reaches below and above its centre.</summary>
    public abstract double ReachY { get; }

    /// <summary>Covered area, 0 … 1, of the unit pixel centred at an offset from the shape's centre.</summary>
    public abstract double OverlapOfPixel(double dx, double dy);

    /// <summary>Whether a point at an offset from the shape's centre lies inside.</summary>
    public abstract bool Contains(double dx, double dy);
}
