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

    /// <summary>How far out a star's profile is taken off the frame.</summary>
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

    /// <summary>Largest group; a larger one is cut, and its parts see each other's profiles taken off instead.</summary>
    public int MaximumGroup
    {
        get;
        init => field = (int)Require.Between(value, 1, 15);
    } = 8;

    /// <summary>How often all groups are visited.</summary>
    public int Passes
    {
        get;
        init => field = Require.Positive(value);
    } = 4;

    /// <summary>Farthest that a star may move from where it was said to be.</summary>
    public double MaximumShiftPixels
    {
        get;
        init => field = Require.Positive(value);
    } = 2;

    /// <summary>Electrons a count, for photon noise; NaN: unknown, then only the background's noise weighs.</summary>
    public double Gain { get; init; } = double.NaN;
}
