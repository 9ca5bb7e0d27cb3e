namespace Albireo.Pipeline.Options;

/// <summary>Where prose 2.3 departs from Broeg's paper, each for itself; they count with <c>curve.weights: prose</c>.</summary>
public sealed record ProseOptions
{
    /// <summary>A flux that is missing counts as 1, and no star is left out for it.</summary>
    public bool MissingAsOne { get; init; }

    /// <summary>Weights are iterated until their change is alike in all apertures, which with one aperture is at once.</summary>
    public bool StopOnSpread { get; init; }

    /// <summary>The first star that makes the curve worse stays in the ensemble.</summary>
    public bool KeepFirstWorse { get; init; }

    /// <summary>Errors divide by Σw² in place of (Σw)²: they do not shrink with the number of stars.</summary>
    public bool UnscaledErrors { get; init; }

    /// <summary>While stars are added, one that is kept in any aperture is kept in all.</summary>
    public bool SharedMask { get; init; }
}
