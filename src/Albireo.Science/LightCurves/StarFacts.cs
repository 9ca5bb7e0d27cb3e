namespace Albireo.Science.LightCurves;

/// <summary>What else is known of the stars when comparisons are chosen; an empty list where it is not.</summary>
public sealed record StarFacts
{
    /// <summary>Column of each star in the reference frame.</summary>
    public IReadOnlyList<double> X { get; init; } = [];

    /// <summary>Row of each star.</summary>
    public IReadOnlyList<double> Y { get; init; } = [];

    /// <summary>Colour index of each star, magnitudes; NaN where unknown.</summary>
    public IReadOnlyList<double> Colour { get; init; } = [];
}
