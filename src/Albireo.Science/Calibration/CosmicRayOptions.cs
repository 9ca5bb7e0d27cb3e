using Albireo.Science.Numerics;

namespace Albireo.Science.Calibration;

/// <summary>Limits of <see cref="CosmicRays"/>; the defaults are those of astroscrappy and of van Dokkum's own script.</summary>
public record CosmicRayOptions
{
    /// <summary>Significance of the Laplacian, in expected noise, from which a pixel is suspected.</summary>
    public double SigmaClip
    {
        get;
        init => field = Require.Positive(value);
    } = 4.5;

    /// <summary>Part of that limit which is enough for neighbours of a cosmic ray.</summary>
    public double SigmaFraction
    {
        get;
        init => field = Require.Between(value, 0, 1);
    } = 0.3;

    /// <summary>Least contrast between the Laplacian and the fine structure, which is that of stars; higher spares narrower stars.</summary>
    public double ObjectLimit
    {
        get;
        init => field = Require.Positive(value);
    } = 5;

    /// <summary>Rounds at most.</summary>
    public int Iterations
    {
        get;
        init => field = Require.Positive(value);
    } = 4;
}
