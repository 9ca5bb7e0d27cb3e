using Albireo.Science.Numerics;

namespace Albireo.Science.Psf;

/// <summary>How all stars of a frame are fitted.</summary>
public sealed record PsfPhotometryOptions
{
    /// <summary>Pixels within this radius of a star take part in its fit.</summary>
    public double FitRadiusPixels
    {
        get;
        init => field = Require.Positive(value);
    } = 4;

    /// <summary>How far out a star's profile is taken off the frame; a bright one's farther, until it drowns in the noise.</summary>
    public double ModelRadiusPixels
    {
        get;
        init => field = Require.Positive(value);
    } = 15;

    /// <summary>Stars closer than this are fitted together.</summary>
    public double GroupSeparationPixels
    {
        get;
        init => field = Require.Positive(value);
    } = 6;

    /// <summary>Largest group; a larger one is parted at a smaller separation, and its parts see each other's profiles taken off.</summary>
    public int MaximumGroup
    {
        get;
        init => field = (int)Require.Between(value, 1, 15);
    } = 10;

    /// <summary>How often all groups are visited at most; it ends sooner when no flux changes by more than a hundredth of its error.</summary>
    public int Passes
    {
        get;
        init => field = Require.Positive(value);
    } = 8;

    /// <summary>Farthest that a star may move from where it was said to be; half of it is taken for the 1σ of that place.</summary>
    public double MaximumShiftPixels
    {
        get;
        init => field = Require.Positive(value);
    } = 2;

    /// <summary>Electrons a count, for photon noise; NaN: unknown, then only the background's noise weighs.</summary>
    public double Gain { get; init; } = double.NaN;
}
