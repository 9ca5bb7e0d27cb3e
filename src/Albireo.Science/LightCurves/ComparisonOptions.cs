using Albireo.Science.Numerics;

namespace Albireo.Science.LightCurves;

/// <summary>Which stars may serve as comparisons.</summary>
public sealed record ComparisonOptions
{
    /// <summary>Faintest star, as a part of the target's flux.</summary>
    public double LowestFluxRatio
    {
        get;
        init => field = Require.NotNegative(value);
    } = 0.2;

    /// <summary>Brightest star, in units of the target's flux.</summary>
    public double HighestFluxRatio
    {
        get;
        init => field = Require.Positive(value);
    } = 10;

    /// <summary>Nearest star of at least a tenth of its flux must be this far, pixels; 0 asks for nothing.</summary>
    public double IsolationPixels
    {
        get;
        init => field = Require.NotNegative(value);
    }

    /// <summary>Largest difference of colour from the target, magnitudes, where both are known.</summary>
    public double LargestColourDifference
    {
        get;
        init => field = Require.Positive(value);
    } = 0.5;

    /// <summary>Where so many stars of known and like colour are fit, stars of unknown colour are left out; with fewer they join. 0: they
    /// are never left out.</summary>
    public int EnoughOfKnownColour
    {
        get;
        init => field = Require.NotNegative(value);
    } = 3;

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
