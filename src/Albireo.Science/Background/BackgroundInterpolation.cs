namespace Albireo.Science.Background;

/// <summary>How the mesh becomes a map.</summary>
public enum BackgroundInterpolation
{
    /// <summary>A cubic spline through the boxes' centres, mirrored at the borders, kept within the mesh's least and greatest value.</summary>
    Bicubic,

    /// <summary>Mean of the nearest measured boxes, weighted by inverse distance (Shepard 1968).</summary>
    InverseDistance,
}
