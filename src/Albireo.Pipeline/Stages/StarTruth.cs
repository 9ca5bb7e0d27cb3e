namespace Albireo.Pipeline.Stages;

/// <summary>A star; the position is that on the first light.</summary>
public sealed record StarTruth(string Name, double X, double Y, double Magnitude)
{
    /// <summary>B−V.</summary>
    public double Colour { get; init; }
}
