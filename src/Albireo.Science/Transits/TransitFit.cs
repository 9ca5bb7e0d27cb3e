using System.Globalization;
using Albireo.Science.LightCurves;
using Albireo.Science.Numerics;

namespace Albireo.Science.Transits;

/// <summary>Fits a transit with its baseline to a light curve: Levenberg–Marquardt, then an ensemble sampler for the errors.</summary>
public static class TransitFit
{
    /// <summary>Fits.</summary>
    /// <param name="timesDays">Mid-exposures, ascending, best counted from a day near the data; BJD_TDB.</param>
    /// <param name="flux">Relative flux; NaN is left out.</param>
    /// <param name="errors">One σ each; where any is NaN all are taken as equal and scaled to the scatter.</param>
    /// <param name="options">Priors and baseline.</param>
    /// <exception cref="ArgumentException">Too few points, times running backwards, or a baseline term that is not finite where the flux is.</exception>
    public static TransitFitResult Run(
        ReadOnlySpan<double> timesDays,
        ReadOnlySpan<double> flux,
        ReadOnlySpan<double> errors,
        TransitFitOptions options
    )
    {
        Require.SameLength(timesDays.Length, flux.Length);
        Require.SameLength(timesDays.Length, errors.Length);
        int[] used = Used(timesDays, flux, options);
        double[] times = Pick(timesDays, used);
        double[] fluxes = Pick(flux, used);
        double[] sigmas = Pick(errors, used);
        bool knownErrors = Array.TrueForAll(sigmas, s => double.IsFinite(s) && s > 0);
        if (!knownErrors)
        {
            Array.Fill(sigmas, Math.Max(SeriesStatistics.PointToPointScatter(fluxes), 1e-12));
        }
        var problem = new TransitProblem(options, times, fluxes, Columns(options, used));
        int free = problem.Free.Length + problem.Columns.Length;
        int informed = CountNormal(options);
        if (times.Length <= free - informed)
        {
            throw new ArgumentException($"{times.Length} points cannot determine {free} parameters.", nameof(flux));
        }
        SetWeights(problem, sigmas, 1);
        var optimum = new TransitOptimum(problem, options);
        double[] best = optimum.Improve(optimum.Search(), out double[] curvature);
        double scale = 1;
        double beta = 1;
        var residuals = new double[times.Length];
        double chiSquared = ChiSquaredAt(problem, best, residuals);
        if (options.ScaleErrors || !knownErrors)
        {
            scale = Math.Sqrt(chiSquared / Math.Max(1, times.Length - (free - informed)));
            scale = double.IsFinite(scale) && scale > 0 ? scale : 1;
            SetWeights(problem, sigmas, scale);
            best = optimum.Improve(best, out curvature);
            _ = ChiSquaredAt(problem, best, residuals);
        }
        beta = NoiseStatistics.RedNoiseBeta(times, residuals, Math.Max(1, free - informed));
        if (options.ApplyRedNoise && beta > 1)
        {
            SetWeights(problem, sigmas, scale * beta);
            best = optimum.Improve(best, out curvature);
        }
        EnsembleChain? chain =
            problem.Free.Length == 0
                ? null
                : EnsembleSampler.Run(
                    problem.LogPosterior,
                    Walkers(problem, optimum, best, curvature, options),
                    problem.Free.Length,
                    options.MaximumSteps,
                    options.AutocorrelationTimes,
                    options.Seed
                );
        double[] highest = chain?.Best() ?? best;
        chiSquared = ChiSquaredAt(problem, highest, residuals);
        _ = problem.LogPrior(highest, out TransitParameters? planet);
        double bic = chiSquared + (free * Math.Log(times.Length));
        var transit = Fill(timesDays.Length, used, problem.Transit);
        var baseline = Fill(timesDays.Length, used, [.. Enumerable.Range(0, times.Length).Select(problem.BaselineAt)]);
        double[] allResiduals = Fill(timesDays.Length, used, residuals);
        double bicNone = problem.ChiSquaredWithoutTransit() + (problem.Columns.Length * Math.Log(times.Length));
        IReadOnlyList<FittedValue> values = TransitSummary.Of(problem, options, chain, highest);
        return new TransitFitResult
        {
            Values = values,
            Best = planet!,
            Transit = transit,
            Baseline = baseline,
            Residuals = allResiduals,
            ResidualScatter = SeriesStatistics.StandardDeviation(residuals),
            ErrorScale = scale,
            BetaRed = beta,
            Bic = bic,
            BicNoTransit = bicNone,
            Points = times.Length,
            FreeParameters = free,
            Converged = chain?.Converged ?? true,
            AutocorrelationSteps = chain is null ? 0 : chain.AutocorrelationSteps.Max(),
            Steps = chain is null ? 0 : chain.Positions.Count - chain.BurnIn,
            AcceptedFraction = chain?.AcceptedFraction ?? 1,
            Doubts = Doubts(chain, planet!, times, bic, bicNone, beta),
        };
    }

    private static List<string> Doubts(
        EnsembleChain? chain,
        TransitParameters planet,
        double[] times,
        double bic,
        double bicNone,
        double beta
    )
    {
        var doubts = new List<string>();
        if (chain is { Converged: false })
        {
            doubts.Add(
                $"The sampler gave up after {chain.Positions.Count} steps before its chain was long enough: the errors are not to be trusted."
            );
        }
        if (!(bicNone - bic > 10))
        {
            doubts.Add("The data do not call for a transit: a curve without one is as good by the Bayesian information criterion.");
        }
        double half = 0.5 * planet.DurationDays;
        if (!(times[0] < planet.MidTransitDays - half))
        {
            doubts.Add("There are no points before the transit: the level there rests on the baseline.");
        }
        if (!(times[^1] > planet.MidTransitDays + half))
        {
            doubts.Add("There are no points after the transit: the level there rests on the baseline.");
        }
        if (beta > 2)
        {
            doubts.Add(string.Create(CultureInfo.InvariantCulture, $"The residuals are far from white noise (beta {beta:F1})."));
        }
        return doubts;
    }

    private static int[] Used(ReadOnlySpan<double> times, ReadOnlySpan<double> flux, TransitFitOptions options)
    {
        var used = new List<int>(times.Length);
        double last = double.NegativeInfinity;
        foreach (BaselineTerm term in options.Baseline)
        {
            Require.SameLength(times.Length, term.Values.Length, term.Name);
        }
        for (int i = 0; i < times.Length; i++)
        {
            if (!double.IsFinite(times[i]) || !double.IsFinite(flux[i]))
            {
                continue;
            }
            if (times[i] < last)
            {
                throw new ArgumentException($"Times run backwards at point {i}.", nameof(times));
            }
            last = times[i];
            foreach (BaselineTerm term in options.Baseline)
            {
                if (!double.IsFinite(term.Values[i]))
                {
                    throw new ArgumentException($"The baseline term {term.Name} is not known at point {i}.", nameof(options));
                }
            }
            used.Add(i);
        }
        return used.Count >= 4 ? [.. used] : throw new ArgumentException($"{used.Count} points are too few for a transit.", nameof(flux));
    }

    private static double[][] Columns(TransitFitOptions options, int[] used)
    {
        var columns = new double[options.Baseline.Count + 1][];
        columns[0] = new double[used.Length];
        Array.Fill(columns[0], 1);
        for (int j = 1; j < columns.Length; j++)
        {
            columns[j] = Pick(options.Baseline[j - 1].Values, used);
            double mean = SeriesStatistics.Mean(columns[j]);
            columns[j] = Array.ConvertAll(columns[j], v => v - mean);
        }
        return columns;
    }

    private static int CountNormal(TransitFitOptions options)
    {
        FitPrior?[] priors =
        [
            options.PeriodDays,
            options.MidTransitDays,
            options.RadiusRatio,
            options.ScaledSemiMajorAxis,
            options.ImpactParameter,
            options.InclinationDegrees,
            options.Eccentricity,
            options.OmegaDegrees,
            options.U1,
            options.U2,
        ];
        return priors.Count(p => p is { IsNormal: true });
    }

    private static double ChiSquaredAt(TransitProblem problem, double[] point, double[] residuals)
    {
        _ = problem.LogPrior(point, out TransitParameters? planet);
        double chiSquared = problem.ChiSquared(planet!, out _);
        problem.Residuals(residuals);
        return chiSquared;
    }

    private static void SetWeights(TransitProblem problem, double[] sigmas, double factor)
    {
        for (int i = 0; i < sigmas.Length; i++)
        {
            problem.Weights[i] = 1 / (sigmas[i] * sigmas[i] * factor * factor);
        }
    }

    /// <summary>Walkers about the best point, as wide as the curvature says, none where the density is 0.</summary>
    private static double[] Walkers(
        TransitProblem problem,
        TransitOptimum optimum,
        double[] best,
        double[] curvature,
        TransitFitOptions options
    )
    {
        int n = best.Length;
        int walkers = options.Walkers > 0 ? options.Walkers : Math.Max(12, 2 * ((3 * n) / 2) + 2);
        var factor = (double[])curvature.Clone();
        double[] spreads = optimum.Spreads();
        for (int i = 0; i < n; i++)
        {
            factor[(i * n) + i] += 1 / (spreads[i] * spreads[i]);
        }
        bool usable = !double.IsNaN(SmallMatrix.Cholesky(factor, n));
        var random = SeededRandom.Child(options.Seed, 1);
        var start = new double[walkers * n];
        var draw = new double[n];
        for (int w = 0; w < walkers; w++)
        {
            double shrink = 1;
            Span<double> place = start.AsSpan(w * n, n);
            do
            {
                for (int i = 0; i < n; i++)
                {
                    draw[i] = random.Normal() * (usable ? 1 : 0.1 * spreads[i]);
                }
                if (usable)
                {
                    SmallMatrix.SolveTransposed(factor, n, draw);
                }
                for (int i = 0; i < n; i++)
                {
                    place[i] = best[i] + (shrink * draw[i]);
                    place[i] = problem.Free[i] == TransitProblem.Impact ? Math.Abs(place[i]) : place[i];
                }
                shrink *= 0.9;
            } while (!double.IsFinite(problem.LogPosterior(place)) && shrink > 1e-6);
        }
        return start;
    }

    private static double[] Pick(ReadOnlySpan<double> values, int[] used)
    {
        var picked = new double[used.Length];
        for (int i = 0; i < used.Length; i++)
        {
            picked[i] = values[used[i]];
        }
        return picked;
    }

    private static double[] Fill(int length, int[] used, ReadOnlySpan<double> values)
    {
        var filled = new double[length];
        Array.Fill(filled, double.NaN);
        for (int i = 0; i < used.Length; i++)
        {
            filled[used[i]] = values[i];
        }
        return filled;
    }
}
