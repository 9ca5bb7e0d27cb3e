namespace Albireo.Pipeline.Stages;

/// <summary>truth.json: what is true of a simulated night. Positions are 0-based pixels, times Julian dates in UTC.</summary>
public sealed record SimulationTruth
{
    public required string Program { get; init; }
    public required ulong Seed { get; init; }
    public required int Width { get; init; }
    public required int Height { get; init; }
    public required string ObjectName { get; init; }
    public required string Filter { get; init; }
    public required double RightAscensionDegrees { get; init; }
    public required double DeclinationDegrees { get; init; }
    public required double SiteLatitudeDegrees { get; init; }
    public required double SiteLongitudeDegrees { get; init; }
    public required double SiteHeightMetres { get; init; }
    public required double GainElectronsPerAdu { get; init; }
    public required double ReadNoiseElectrons { get; init; }
    public required int SaturationAdu { get; init; }
    public required double BiasAdu { get; init; }
    public required double DarkElectronsPerSecond { get; init; }
    public required TransitTruth? Transit { get; init; }

    /// <summary>The sine that the target follows, or null.</summary>
    public SineTruth? Sine { get; init; }

    /// <summary>Target, comparisons and check first.</summary>
    public required IReadOnlyList<StarTruth> Stars { get; init; }

    public required IReadOnlyList<FileTruth> Frames { get; init; }
}
