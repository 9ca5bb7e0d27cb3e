namespace Albireo.Pipeline.Stages;

/// <summary>The transit that was put in; the depth is the light missing at mid-transit.</summary>
public sealed record TransitTruth
{
    public required double MiddleJdUtc { get; init; }
    public required double DurationDays { get; init; }
    public required double Depth { get; init; }
    public required double PeriodDays { get; init; }
    public required double RpRs { get; init; }
    public required double ARs { get; init; }
    public required double InclinationDegrees { get; init; }
    public required double U1 { get; init; }
    public required double U2 { get; init; }
}
