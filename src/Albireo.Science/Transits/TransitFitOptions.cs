using Albireo.Science.Numerics;

namespace Albireo.Science.Transits;

/// <summary>What is known before a transit is fitted, and how the fit is run. A prior that is null is fitted freely within bounds.</summary>
public sealed record TransitFitOptions
{
    /// <summary>Orbital period, days. One night cannot tell it: it must be given.</summary>
    public required FitPrior PeriodDays { get; init; }

    /// <summary>Mid-transit, days on the scale of the light curve's times; null: anywhere within the data.</summary>
    public FitPrior? MidTransitDays { get; init; }

    /// <summary>Rp/R*; null: 0 … 0.5.</summary>
    public FitPrior? RadiusRatio { get; init; }

    /// <summary>a/R*; null: 1.5 … 200, each factor equally likely.</summary>
    public FitPrior? ScaledSemiMajorAxis { get; init; }

    /// <summary>Inclination, degrees up to 90; null: each impact parameter equally likely.</summary>
    public FitPrior? InclinationDegrees { get; init; }

    /// <summary>Impact parameter, in place of the inclination; null: 0 … 1 + Rp/R*.</summary>
    public FitPrior? ImpactParameter { get; init; }

    /// <summary>Eccentricity; a circle unless said otherwise.</summary>
    public FitPrior Eccentricity { get; init; } = FitPrior.Held(0);

    /// <summary>Argument of periastron of the star's orbit, degrees.</summary>
    public FitPrior OmegaDegrees { get; init; } = FitPrior.Held(90);

    /// <summary>Linear limb darkening; null: any physical law.</summary>
    public FitPrior? U1 { get; init; }

    /// <summary>Quadratic limb darkening; null: any physical law.</summary>
    public FitPrior? U2 { get; init; }

    /// <summary>What the light outside transit depends on besides a constant.</summary>
    public IReadOnlyList<BaselineTerm> Baseline { get; init; } = [];

    /// <summary>Length of an exposure, days; 0 takes the light at mid-exposure.</summary>
    public double ExposureDays
    {
        get;
        init => field = Require.NotNegative(value);
    }

    /// <summary>Whether errors are scaled so that χ² per degree of freedom is 1; where errors are unknown they always are.</summary>
    public bool ScaleErrors { get; init; } = true;

    /// <summary>Whether errors are widened by β for red noise (Winn et al. 2008).</summary>
    public bool ApplyRedNoise { get; init; } = true;

    /// <summary>Walkers of the ensemble; even, at least twice the free parameters; 0 chooses.</summary>
    public int Walkers
    {
        get;
        init => field = Require.NotNegative(value);
    }

    /// <summary>Steps after which the sampler gives up.</summary>
    public int MaximumSteps
    {
        get;
        init => field = Require.Positive(value);
    } = 30000;

    /// <summary>Autocorrelation times that the chain must be long.</summary>
    public double AutocorrelationTimes
    {
        get;
        init => field = Require.Positive(value);
    } = 50;

    /// <summary>Of the sampler's random numbers: the same seed gives the same result.</summary>
    public ulong Seed { get; init; } = 1;
}
