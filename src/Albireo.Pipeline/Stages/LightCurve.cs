using Albireo.Pipeline.Options;
using Albireo.Pipeline.Stars;
using Albireo.Science.LightCurves;
using Albireo.Science.Photometry;

namespace Albireo.Pipeline.Stages;

/// <summary>The curve of the target: one value a frame of the <see cref="FluxTable"/>, NaN where it is empty and a flag says why.</summary>
public sealed record LightCurve
{
    /// <summary>Index of the target in the table's stars.</summary>
    public required int Target { get; init; }
    public required IReadOnlyList<int> Comparisons { get; init; }

    /// <summary>What each comparison's flux is multiplied by in the ensemble; 1 each for the plain sum.</summary>
    public required IReadOnlyList<double> Weights { get; init; }

    /// <summary>Whether the program chose the comparisons.</summary>
    public bool IsChosen { get; init; }

    /// <summary>The colours that comparisons are chosen by, or null where none are known.</summary>
    public StarColours? Colours { get; init; }

    /// <summary>Each candidate and comparison: in or out, why, its part of the ensemble, its scatter and trend against the others.</summary>
    public IReadOnlyList<StarVerdict> Verdicts { get; init; } = [];

    /// <summary>For each comparison: the curve's point-to-point scatter without it, and how far the curve moves; NaN for a single one.</summary>
    public IReadOnlyList<(double Scatter, double Change)> LeaveOneOut { get; init; } = [];
    public required int? Check { get; init; }

    /// <summary>How much redder than the target a star is, magnitudes; NaN where either colour is unknown.</summary>
    public double ColourDifference(int star) => Colours is { } c ? c.Values[star] - c.Values[Target] : double.NaN;

    /// <summary>Index of the aperture in the table's radii.</summary>
    public required int Aperture { get; init; }

    /// <summary>By what the aperture was chosen.</summary>
    public CurveMetric Metric { get; init; }

    /// <summary>The metric for each aperture: of the check star where there is one, else of the curve.</summary>
    public required IReadOnlyList<double> ScatterByAperture { get; init; }
    public required double[] RelativeFlux { get; init; }
    public required double[] RelativeFluxError { get; init; }
    public required double[] EnsembleFlux { get; init; }

    /// <summary>The check star over the ensemble, median 1; all NaN without a check star.</summary>
    public required double[] CheckRelativeFlux { get; init; }

    /// <summary>One σ of <see cref="CheckRelativeFlux"/>.</summary>
    public double[] CheckRelativeFluxError { get; init; } = [];

    /// <summary>What the check star over the ensemble was divided by; NaN without a check star.</summary>
    public double CheckLevel { get; init; } = double.NaN;

    /// <summary>What was taken off the curve, in words and a frame; null for nothing.</summary>
    public string? TrendFormula { get; init; }
    public required FluxQuality[] Flags { get; init; }
    public required bool[] Used { get; init; }

    /// <summary>Standard deviation of first differences over √2, of the used points; relative.</summary>
    public required double PointToPointScatter { get; init; }

    /// <summary>Nights of the observation, in time order.</summary>
    public required IReadOnlyList<NightFrames> Nights { get; init; }

    /// <summary>The period that was looked for, or null.</summary>
    public FoundPeriod? Found { get; init; }

    /// <summary>The curve folded on a period, or null.</summary>
    public FoldedCurve? Fold { get; init; }
}
