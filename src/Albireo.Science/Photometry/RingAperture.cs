namespace Albireo.Science.Photometry;

/// <summary>What lies inside one shape and outside another of the same centre: an annulus of circles, ellipses or rectangles.</summary>
public sealed record RingAperture : Aperture
{
    /// <summary>A ring between two shapes.</summary>
    /// <param name="inner">The hole; must lie inside <paramref name="outer"/>.</param>
    /// <param name="outer">The ring's outer border.</param>
    /// <exception cref="ArgumentException">The hole reaches as far as the outer shape or is as large.</exception>
    public RingAperture(Aperture inner, Aperture outer)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(outer);
        if (inner.ReachX >= outer.ReachX || inner.ReachY >= outer.ReachY || inner.AreaPixels >= outer.AreaPixels)
        {
            throw new ArgumentException("The hole of a ring must lie inside its outer border.", nameof(inner));
        }
        Inner = inner;
        Outer = outer;
    }

    /// <summary>The hole.</summary>
    public Aperture Inner { get; }

    /// <summary>The outer border.</summary>
    public Aperture Outer { get; }

    /// <inheritdoc/>
    public override double AreaPixels => Outer.AreaPixels - Inner.AreaPixels;

    /// <inheritdoc/>
    public override double ReachX => Outer.ReachX;

    /// <inheritdoc/>
    public override double ReachY => Outer.ReachY;

    /// <inheritdoc/>
    public override double OverlapOfPixel(double dx, double dy)
    {
        double area = Outer.OverlapOfPixel(dx, dy) - Inner.OverlapOfPixel(dx, dy);
        return area < 1e-13 ? 0 : area;
    }

    /// <inheritdoc/>
    public override bool Contains(double dx, double dy) => Outer.Contains(dx, dy) && !Inner.Contains(dx, dy);
}
