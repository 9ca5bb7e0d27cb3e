using Albireo.Science.Numerics;

namespace Albireo.Science.LightCurves;

/// <summary>When the weights of an ensemble stand still.</summary>
public sealed record BroegOptions
{
    /// <summary>Largest change of a weight in one round, relative to the largest weight.</summary>
    public double Tolerance
    {
        get;
        init => field = Require.Positive(value);
    } = 1e-6;

    /// <summary>Rounds after which it ends all the same.</summary>
    public int MaximumIterations
    {
        get;
        init => field = Require.Positive(value);
    } = 200;
}
