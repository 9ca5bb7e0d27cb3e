using Albireo.Science.Detection;

namespace Albireo.Pipeline.Options;

/// <summary>
/// All settings of a reduction, stage by stage; a property is a key (<c>Measure.Radii</c> is <c>measure.radii</c>). The defaults are
/// the recipe <c>standard</c>.
/// </summary>
public sealed record Recipe
{
    /// <summary>Reproduce the faults of the system that the recipe stands for, for comparison with its published numbers.</summary>
    public bool Compat { get; init; }
    public InventoryOptions Inventory { get; init; } = new();
    public DetectorOptions Detector { get; init; } = new();
    public MasterOptions Masters { get; init; } = new();
    public CalibrateOptions Calibrate { get; init; } = new();
    public DetectOptions Detect { get; init; } = new();
    public MatchSettings Match { get; init; } = new();
    public MeasureOptions Measure { get; init; } = new();
    public CurveOptions Curve { get; init; } = new();
    public FitOptions Fit { get; init; } = new();
    public ExportOptions Export { get; init; } = new();
}
