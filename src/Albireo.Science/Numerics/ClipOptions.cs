namespace Albireo.Science.Numerics;

/// <summary>How outliers are clipped: values beyond so many σ from the centre are left out, again and again. Defaults as in astropy.</summary>
public sealed record ClipOptions
{
    /// <summary>Lower limit, in σ below the centre.</summary>
    public double SigmaLow
    {
        get;
        init => field = Require.Positive(value);
    } = 3;

    /// <summary>Upper limit, in σ above the centre.</summary>
    public double SigmaHigh
    {
        get;
        init => field = Require.Positive(value);
    } = 3;

    /// <summary>Rounds at most; 0 = until nothing changes.</summary>
    public int MaxIterations
    {
        get;
        init => field = Require.NotNegative(value);
    } = 5;

    /// <summary>What values are clipped around.</summary>
    public ClipCenter Center { get; init; }

    /// <summary>What one σ is.</summary>
    public ClipSpread Spread { get; init; }
}
