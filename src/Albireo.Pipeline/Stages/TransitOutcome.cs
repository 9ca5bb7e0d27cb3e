using Albireo.Science.Transits;

namespace Albireo.Pipeline.Stages;

/// <summary>A fitted transit with what it was fitted to.</summary>
public sealed record TransitOutcome
{
    /// <summary>The planet's name, or null.</summary>
    public required string? Planet { get; init; }

    /// <summary>BJD_TDB that the fit's times count from.</summary>
    public required double Day { get; init; }

    /// <summary>Index of each point's frame, in time order.</summary>
    public required IReadOnlyList<int> Frames { get; init; }

    /// <summary>Days since <see cref="Day"/>.</summary>
    public required double[] Times { get; init; }
    public required TransitFitResult Result { get; init; }

    /// <summary>What was assumed of mid-transit, in words.</summary>
    public required string MidTransitPrior { get; init; }

    /// <summary>Against the ephemeris that was given, or null.</summary>
    public required ObservedMinusCalculated? Ephemeris { get; init; }
    public required IReadOnlyList<string> Doubts { get; init; }
}
