using System.Text.Json.Serialization;

namespace Albireo.Pipeline.Plots;

/// <summary>Something drawn in a panel beside the data: guide lines, bands, labels, circles. Marks do not widen the axes.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(VerticalLine), "vertical_line")]
[JsonDerivedType(typeof(HorizontalLine), "horizontal_line")]
[JsonDerivedType(typeof(VerticalBand), "vertical_band")]
[JsonDerivedType(typeof(HorizontalBand), "horizontal_band")]
[JsonDerivedType(typeof(Text), "text")]
[JsonDerivedType(typeof(Circle), "circle")]
[JsonDerivedType(typeof(Segment), "segment")]
public abstract record Mark
{
    public ColorSlot Color { get; init; } = ColorSlot.Muted;
    public bool Dashed { get; init; }

    /// <summary>A line over the panel's whole height at <paramref name="X"/>.</summary>
    public sealed record VerticalLine(double X, string? Label = null) : Mark;

    /// <summary>A line over the panel's whole width at <paramref name="Y"/>.</summary>
    public sealed record HorizontalLine(double Y, string? Label = null) : Mark;

    /// <summary>A shaded range of x.</summary>
    public sealed record VerticalBand(double From, double To, string? Label = null) : Mark;

    /// <summary>A shaded range of y.</summary>
    public sealed record HorizontalBand(double From, double To, string? Label = null) : Mark;

    /// <summary>A label at a position, or beside it where it would cover another.</summary>
    public sealed record Text(double X, double Y, string Label) : Mark;

    /// <summary>A circle with its radius in units of the x axis.</summary>
    public sealed record Circle(double X, double Y, double Radius, string? Label = null) : Mark;

    /// <summary>A straight line between two positions, with an arrow head at its end if <see cref="Arrow"/> is set.</summary>
    public sealed record Segment(double FromX, double FromY, double ToX, double ToY, string? Label = null) : Mark
    {
        public bool Arrow { get; init; }
    }
}
