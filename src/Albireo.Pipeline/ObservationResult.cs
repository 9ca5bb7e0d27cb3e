using Albireo.Pipeline.Inventory;
using Albireo.Pipeline.Stages;
using Albireo.Pipeline.Stars;

namespace Albireo.Pipeline;

/// <summary>What came of one observation.</summary>
/// <param name="Observation">Its frames.</param>
/// <param name="Folder">Where its products lie, below OUT; empty for OUT itself.</param>
/// <param name="Reference">The frame that positions refer to.</param>
/// <param name="Stars">Who was measured.</param>
/// <param name="Fluxes">All measurements.</param>
/// <param name="Curve">Null without a target.</param>
public sealed record ObservationResult(
    Observation Observation,
    string Folder,
    ReferenceFrame Reference,
    StarList Stars,
    FluxTable Fluxes,
    LightCurve? Curve
);
