namespace Albireo.Pipeline.Options;

/// <summary>What a master dark holds, and so how it may be used.</summary>
public enum DarkForm
{
    /// <summary>Free of bias, to be scaled by the exposure, where there are bias frames; else as <see cref="WithBias"/>.</summary>
    Automatic,

    /// <summary>The bias stays inside: the dark takes both away at its own exposure, and is scaled only where a bias frame is known.</summary>
    WithBias,

    /// <summary>The bias is removed; without bias frames there is no dark.</summary>
    BiasFree,

    /// <summary>The bias is removed, darks of all exposures are divided by theirs and become one master of counts a second.</summary>
    PerSecond,
}
