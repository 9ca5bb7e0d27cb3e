using Albireo.Science.Numerics;

namespace Albireo.Science.Calibration;

/// <summary>How frames are combined pixel by pixel.</summary>
public sealed record StackOptions
{
    /// <summary>How the values of a pixel become one.</summary>
    public StackMethod Method { get; init; } = StackMethod.ClippedMean;

    /// <summary>Values lower than the centre by more than this many spreads are left out.</summary>
    public double SigmaLow
    {
        get;
        init => field = Require.Positive(value);
    } = 3;

    /// <summary>Values higher than the centre by more than this many spreads are left out.</summary>
    public double SigmaHigh
    {
        get;
        init => field = Require.Positive(value);
    } = 3;

    /// <summary>How often clipping is repeated at most; it stops when nothing changes.</summary>
    public int Iterations
    {
        get;
        init => field = Require.Positive(value);
    } = 5;

    /// <summary>Where the limits are centred.</summary>
    public StackCenter Center { get; init; } = StackCenter.Median;

    /// <summary>What the limits are measured in. The default also works for a handful of frames.</summary>
    public StackSpread Spread { get; init; } = StackSpread.Mad;

    /// <summary>The least spread that clipping assumes, in the units of the values; half a step of digitisation keeps it honest there.</summary>
    public double MinimumSpread
    {
        get;
        init => field = Require.NotNegative(value);
    }

    /// <summary>How many of the lowest values <see cref="StackMethod.MinMaxMean"/> leaves out.</summary>
    public int RejectLowest
    {
        get;
        init => field = Require.NotNegative(value);
    } = 1;

    /// <summary>How many of the highest values <see cref="StackMethod.MinMaxMean"/> leaves out.</summary>
    public int RejectHighest
    {
        get;
        init => field = Require.NotNegative(value);
    } = 1;
}
