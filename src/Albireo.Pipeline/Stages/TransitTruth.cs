namespace Albireo.Pipeline.Stages;

/// <summary>The transit that was put in.</summary>
public sealed record TransitTruth(double MiddleJdUtc, double DurationDays, double IngressDays, double Depth);
