namespace Albireo.Pipeline.Stages;

/// <summary>The shapes that <c>albireo photometry</c> sums in; a radius is half the long axis.</summary>
public enum ApertureKind
{
    /// <summary>A circle.</summary>
    Circle,

    /// <summary>An ellipse.</summary>
    Ellipse,

    /// <summary>A rectangle; the radius is half its longer side.</summary>
    Rectangle,
}
