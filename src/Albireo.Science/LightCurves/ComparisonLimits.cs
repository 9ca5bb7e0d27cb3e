using Albireo.Science.Numerics;

namespace Albireo.Science.LightCurves;

/// <summary>How like the target, and how alone, a star must be to serve as a comparison.</summary>
public record ComparisonLimits
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
}
