namespace Albireo.Science.LightCurves;

/// <summary>What prose 2.3 does otherwise than Broeg's paper, each for itself; all on gives the curves that prose gives.</summary>
public sealed record ProseFaults
{
    /// <summary>None of them.</summary>
    public static ProseFaults None { get; } =
        new()
        {
            MissingAsOne = false,
            StopOnSpread = false,
            KeepFirstWorse = false,
            UnscaledErrors = false,
            SharedMask = false,
        };

    /// <summary>A missing flux counts as 1; else it is an error of the caller's.</summary>
    public bool MissingAsOne { get; init; } = true;

    /// <summary>
    /// The loop ends when the mean weight changes alike in all apertures (standard deviation 0.01), which with one is at once; else when
    /// no weight changes by more than a thousandth.
    /// </summary>
    public bool StopOnSpread { get; init; } = true;

    /// <summary>The first star that does not improve the curve is kept; else it is not.</summary>
    public bool KeepFirstWorse { get; init; } = true;

    /// <summary>σ² = e² + Σw²e²/Σw²; else e² + Σw²e²/(Σw)².</summary>
    public bool UnscaledErrors { get; init; } = true;

    /// <summary>While stars are added the union over apertures counts; else each aperture's own.</summary>
    public bool SharedMask { get; init; } = true;
}
