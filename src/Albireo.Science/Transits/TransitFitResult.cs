namespace Albireo.Science.Transits;

/// <summary>A fitted transit.</summary>
public sealed record TransitFitResult
{
    /// <summary>
    /// tc, rp_rs, a_rs, inclination, b, t14, depth, period, eccentricity, omega, u1, u2, then <c>baseline_constant</c> and one
    /// <c>baseline_NAME</c> a term (per unit of the term, about its mean).
    /// </summary>
    public required IReadOnlyList<FittedValue> Values { get; init; }

    /// <summary>The parameters of the highest posterior density found.</summary>
    public required TransitParameters Best { get; init; }

    /// <summary>Transit alone at each point, 1 outside, of <see cref="Best"/>.</summary>
    public required double[] Transit { get; init; }

    /// <summary>Light outside transit at each point, of <see cref="Best"/>: model = transit · baseline.</summary>
    public required double[] Baseline { get; init; }

    /// <summary>Flux minus model at each point; NaN where the point was not used.</summary>
    public required double[] Residuals { get; init; }

    /// <summary>Standard deviation of the residuals.</summary>
    public required double ResidualScatter { get; init; }

    /// <summary>What the given errors were multiplied by so that χ² per degree of freedom is 1, before β.</summary>
    public required double ErrorScale { get; init; }

    /// <summary>Red noise: how much more than white noise the residuals scatter in bins of 10 to 30 minutes; at least 1.</summary>
    public required double BetaRed { get; init; }

    /// <summary>Bayesian information criterion χ² + n ln N of the fit, with the errors as used.</summary>
    public required double Bic { get; init; }

    /// <summary>The same of the baseline alone.</summary>
    public required double BicNoTransit { get; init; }

    /// <summary>Points used.</summary>
    public required int Points { get; init; }

    /// <summary>Free parameters, the baseline's included.</summary>
    public required int FreeParameters { get; init; }

    /// <summary>Whether the chain is as long as asked for.</summary>
    public required bool Converged { get; init; }

    /// <summary>Longest integrated autocorrelation time, steps.</summary>
    public required double AutocorrelationSteps { get; init; }

    /// <summary>Steps kept after burn-in.</summary>
    public required int Steps { get; init; }

    /// <summary>Part of the proposals that were accepted; 0.2 … 0.5 is healthy.</summary>
    public required double AcceptedFraction { get; init; }

    /// <summary>What a reader must know before believing the numbers, one sentence each.</summary>
    public required IReadOnlyList<string> Doubts { get; init; }

    /// <summary>The number of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public FittedValue this[string name] =>
        Values.FirstOrDefault(v => v.Name == name) ?? throw new KeyNotFoundException($"No fitted value {name}.");
}
