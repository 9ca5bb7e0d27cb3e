using Albireo.Science.Calibration;
using Albireo.Science.Numerics;

namespace Albireo.Pipeline.Options;

/// <summary>How master frames are made.</summary>
public sealed record MasterOptions
{
    /// <summary>How a stack is combined.</summary>
    public StackMethod Combine { get; init; } = StackMethod.ClippedMean;

    /// <summary>Values further than this from the stack's centre, in σ, are clipped.</summary>
    public double Sigma
    {
        get;
        init => field = Require.Positive(value);
    } = 3;

    public int Iterations
    {
        get;
        init => field = Require.NotNegative(value);
    } = 5;

    /// <summary>Two exposures are the same if they differ by less than this fraction.</summary>
    public double ExposureTolerance
    {
        get;
        init => field = Require.NotNegative(value);
    } = 0.005;

    /// <summary>Frames whose detector temperature differs by more than this, in °C, do not calibrate each other.</summary>
    public double TemperatureTolerance
    {
        get;
        init => field = Require.Positive(value);
    } = 2.5;
}
