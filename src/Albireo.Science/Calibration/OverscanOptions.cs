using Albireo.Science.Numerics;

namespace Albireo.Science.Calibration;

/// <summary>How the bias level is taken from an overscan strip.</summary>
public sealed record OverscanOptions
{
    /// <summary>The level of a line.</summary>
    public OverscanMethod Method { get; init; } = OverscanMethod.Median;

    /// <summary>Degree of the polynomial.</summary>
    public int Degree
    {
        get;
        init => field = (int)Require.Between(value, 0, 15);
    } = 3;

    /// <summary>Lines further from the polynomial than this many standard deviations are left out (three rounds).</summary>
    public double RejectSigma
    {
        get;
        init => field = Require.Positive(value);
    } = 3;
}
