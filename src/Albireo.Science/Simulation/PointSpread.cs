using Albireo.Science.Numerics;

namespace Albireo.Science.Simulation;

/// <summary>The picture of a star of unit flux.</summary>
public sealed record PointSpread
{
    /// <summary>Its form.</summary>
    public PsfShape Shape { get; init; } = PsfShape.Moffat;

    /// <summary>Full width at half maximum along the long axis, pixels.</summary>
    public double FwhmPixels
    {
        get;
        init => field = Require.Positive(value);
    } = 3.2;

    /// <summary>Short over long axis, 0.1 … 1.</summary>
    public double AxisRatio
    {
        get;
        init => field = Require.Between(value, 0.1, 1);
    } = 1;

    /// <summary>Direction of the long axis, from x towards y, degrees.</summary>
    public double AngleDegrees { get; init; }

    /// <summary>The Moffat exponent β, above 1.</summary>
    public double MoffatBeta
    {
        get;
        init => field = Require.Between(value, 1.01, 100);
    } = 3;
}
