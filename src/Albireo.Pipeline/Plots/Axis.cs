namespace Albireo.Pipeline.Plots;

/// <summary>What an axis shows.</summary>
/// <param name="Label">The quantity, without its unit: <c>Sky</c>, <c>BJD_TDB</c>.</param>
/// <param name="Unit">Its unit, or null for a pure number.</param>
public sealed record Axis(string Label, string? Unit = null)
{
    public AxisScale Scale { get; init; }

    /// <summary>Lower limit; null to take it from the data.</summary>
    public double? Min { get; init; }

    /// <summary>Upper limit; null to take it from the data.</summary>
    public double? Max { get; init; }

    /// <summary>Larger values further down or left, as for magnitudes.</summary>
    public bool Inverted { get; init; }

    /// <summary>An axis of Julian dates.</summary>
    /// <param name="label">With its scale: <c>BJD_TDB</c>, <c>JD_UTC</c>.</param>
    public static Axis OfJulianDate(string label) => new(label, "d") { Scale = AxisScale.JulianDate };
}
