namespace Albireo.Science.Background;

/// <summary>Carries values at the centres of boxes to every pixel. Safe to use on several threads.</summary>
internal abstract class MeshInterpolator
{
    /// <summary>Values of one row of pixels.</summary>
    public abstract void Row(int y, Span<float> destination);

    /// <summary>The value at any position on the picture.</summary>
    public abstract double At(double x, double y);
}
