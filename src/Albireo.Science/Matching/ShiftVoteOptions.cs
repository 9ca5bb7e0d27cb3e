using Albireo.Science.Numerics;

namespace Albireo.Science.Matching;

/// <summary>How a shift is voted for. Defaults are those of system 1's notebook, but for <see cref="IndependentAxes"/>.</summary>
public sealed record ShiftVoteOptions
{
    /// <summary>Largest shift along either axis.</summary>
    public double MaximumShiftPixels
    {
        get;
        init => field = Require.Positive(value);
    } = 200;

    /// <summary>Bins from −maximum to +maximum.</summary>
    public int Bins
    {
        get;
        init => field = Require.Positive(value);
    } = 401;

    /// <summary>Pairs closer than this to the winning bin, along either axis, make the fine shift.</summary>
    public double TolerancePixels
    {
        get;
        init => field = Require.Positive(value);
    } = 3;

    /// <summary>
    /// Vote for x and y apart, as the notebook does: then the winners may belong to different pairs. Otherwise both are voted for
    /// together.
    /// </summary>
    public bool IndependentAxes { get; init; }
}
