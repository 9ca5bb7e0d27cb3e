using Albireo.Science.Numerics;

namespace Albireo.Science.LightCurves;

/// <summary>Which stars may serve as comparisons.</summary>
public sealed record ComparisonOptions : ComparisonLimits
{
    /// <summary>With the limits that all have.</summary>
    public ComparisonOptions() { }

    /// <summary>With other limits.</summary>
    public ComparisonOptions(ComparisonLimits limits)
        : base(limits) { }

    /// <summary>Part of the judged frames in which a star must be usable; eased to 0.95 and 0.8 of it if no star is left.</summary>
    public double LeastCoverage
    {
        get;
        init => field = Require.Between(value, 0, 1);
    } = 1;

    /// <summary>A star is out if it scatters this many times more than its error, or the typical star, explains.</summary>
    public double ScatterLimit
    {
        get;
        init => field = Require.Positive(value);
    } = 3;

    /// <summary>A star is out if its linear trend over the night exceeds this many times its own scatter.</summary>
    public double TrendLimit
    {
        get;
        init => field = Require.Positive(value);
    } = 2;

    /// <summary>Most stars; the ones with the most weight stay.</summary>
    public int Most
    {
        get;
        init => field = Require.Positive(value);
    } = 50;

    /// <summary>Stars never to be used.</summary>
    public IReadOnlyCollection<int> Banned { get; init; } = [];

    /// <summary>Stars that stay whatever they do, as long as they are usable at all.</summary>
    public IReadOnlyCollection<int> Locked { get; init; } = [];

    /// <summary>The star that checks the curve and therefore is not part of the ensemble; −1 for none.</summary>
    public int Check { get; init; } = -1;

    /// <summary>Flags that make a measurement unusable.</summary>
    public uint Unusable { get; init; }
}
