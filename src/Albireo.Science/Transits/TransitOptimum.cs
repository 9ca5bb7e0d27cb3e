using Albireo.Science.Numerics;

namespace Albireo.Science.Transits;

/// <summary>
/// The best transit: a coarse search over mid-transit, radius and axis, then Levenberg–Marquardt (Marquardt 1963, SIAM J. 11, 431) with
/// numeric derivatives; normal priors count as measurements.
/// </summary>
internal sealed class TransitOptimum
{
    private readonly TransitProblem problem;
    private readonly TransitFitOptions options;
    private readonly int n;
    private readonly double[] scales;
    private readonly double[] residuals;

    public TransitOptimum(TransitProblem problem, TransitFitOptions options)
    {
        this.problem = problem;
        this.options = options;
        n = problem.Free.Length;
        scales = Array.ConvertAll(problem.Free, Scale);
        residuals = new double[problem.Times.Length + n + 1];
    }

    /// <summary>Largest spread that a walker's start may have in each free parameter.</summary>
    public double[] Spreads() => Array.ConvertAll(scales, s => 10 * s);

    /// <summary>Where to begin: the best of a grid over what is not known.</summary>
    public double[] Search()
    {
        double[] times = problem.Times;
        double[] tcs = Grid(TransitProblem.MidTransit, options.MidTransitDays, times[0], times[^1], 61);
        double[] ks = Grid(TransitProblem.Ratio, options.RadiusRatio, 0.04, 0.2, 4);
        double[] axes = options.ScaledSemiMajorAxis is { } axis
            ? (axis.IsHeld || axis.IsNormal ? [axis.Value] : [axis.Low + (0.1 * (axis.High - axis.Low)), axis.Value])
            : [4, 7, 12, 20, 40];
        double inclination = options.InclinationDegrees?.Value ?? double.NaN;
        double best = double.PositiveInfinity;
        double[] start = [];
        foreach (double tc in tcs)
        {
            foreach (double k in ks)
            {
                foreach (double a in axes)
                {
                    double b = double.IsNaN(inclination)
                        ? options.ImpactParameter?.Value ?? 0.3
                        : Math.Abs(a * Math.Cos(inclination * Math.PI / 180));
                    double[] point = Array.ConvertAll(
                        problem.Free,
                        i =>
                            i switch
                            {
                                TransitProblem.Period => options.PeriodDays.Value,
                                TransitProblem.MidTransit => tc,
                                TransitProblem.Ratio => k,
                                TransitProblem.Axis => problem.SamplesDuration
                                    ? TransitProblem.DurationOfAxis(a, b, k, options.PeriodDays.Value)
                                    : a,
                                TransitProblem.Impact => b,
                                TransitProblem.Eccentricity => options.Eccentricity.Value,
                                TransitProblem.Omega => options.OmegaDegrees.Value,
                                TransitProblem.U1 => options.U1?.Value ?? 0.4,
                                _ => options.U2?.Value ?? 0.2,
                            }
                    );
                    double cost = Cost(point);
                    if (cost < best)
                    {
                        (best, start) = (cost, point);
                    }
                }
            }
        }
        return start.Length == n && double.IsFinite(best)
            ? start
            : throw new InvalidOperationException("No transit within the priors can be compared with these data.");
    }

    /// <summary>Improves a point until it does not get better; returns the curvature there too.</summary>
    /// <param name="start">A possible point.</param>
    /// <param name="curvature">JᵀJ, row-major: the inverse covariance.</param>
    public double[] Improve(double[] start, out double[] curvature)
    {
        double[] point = (double[])start.Clone();
        double cost = Cost(point);
        double damping = 1e-3;
        int rows = residuals.Length;
        var jacobian = new double[n * rows];
        var gradient = new double[n];
        var matrix = new double[n * n];
        curvature = new double[n * n];
        for (int iteration = 0; iteration < 60; iteration++)
        {
            Derivatives(point, jacobian);
            _ = Cost(point);
            for (int i = 0; i < n; i++)
            {
                gradient[i] = Dot(jacobian, i * rows, residuals, 0, rows);
                for (int j = 0; j <= i; j++)
                {
                    double product = Dot(jacobian, i * rows, jacobian, j * rows, rows);
                    curvature[(i * n) + j] = product;
                    curvature[(j * n) + i] = product;
                }
            }
            bool better = false;
            double gain = 0;
            while (damping < 1e10 && !better)
            {
                curvature.CopyTo(matrix, 0);
                for (int i = 0; i < n; i++)
                {
                    matrix[(i * n) + i] += damping * (curvature[(i * n) + i] + (1e-6 / (scales[i] * scales[i])));
                }
                var step = (double[])gradient.Clone();
                if (double.IsNaN(SmallMatrix.Cholesky(matrix, n)))
                {
                    damping *= 10;
                    continue;
                }
                SmallMatrix.Solve(matrix, n, step);
                var trial = new double[n];
                for (int i = 0; i < n; i++)
                {
                    trial[i] = point[i] + step[i];
                }
                double trialCost = Cost(trial);
                better = trialCost < cost;
                if (better)
                {
                    gain = cost - trialCost;
                    (point, cost) = (trial, trialCost);
                    damping = Math.Max(damping / 10, 1e-12);
                }
                else
                {
                    damping *= 10;
                }
            }
            if (!better || gain < 1e-9 * (1 + cost))
            {
                break;
            }
        }
        return point;
    }

    /// <summary>Sum of squares of residuals and priors; the residuals stay in <see cref="residuals"/>.</summary>
    private double Cost(double[] point)
    {
        double prior = problem.LogPrior(point, out TransitParameters? planet);
        if (planet is null || !double.IsFinite(prior) || double.IsInfinity(problem.ChiSquared(planet, out _)))
        {
            return double.PositiveInfinity;
        }
        int points = problem.Times.Length;
        problem.Residuals(residuals);
        for (int i = 0; i < points; i++)
        {
            residuals[i] *= Math.Sqrt(problem.Weights[i]);
        }
        for (int i = 0; i < n; i++)
        {
            residuals[points + i] = PriorOf(problem.Free[i]) is { IsNormal: true } p
                ? (p.Value - Seen(problem.Free[i], point[i])) / p.Sigma
                : 0;
        }
        residuals[points + n] = options.InclinationDegrees is { IsNormal: true } inclination
            ? (inclination.Value - planet.InclinationDegrees) / inclination.Sigma
            : 0;
        return Dot(residuals, 0, residuals, 0, residuals.Length);
    }

    /// <summary>Minus the derivative of each residual, by central differences; one-sided where one side is impossible.</summary>
    private void Derivatives(double[] point, double[] jacobian)
    {
        int rows = residuals.Length;
        var trial = (double[])point.Clone();
        var low = new double[rows];
        for (int i = 0; i < n; i++)
        {
            double step = 0.01 * scales[i];
            trial[i] = point[i] - step;
            double below = step;
            if (double.IsInfinity(Cost(trial)))
            {
                below = 0;
                trial[i] = point[i];
                _ = Cost(trial);
            }
            residuals.CopyTo(low, 0);
            trial[i] = point[i] + step;
            double above = step;
            if (double.IsInfinity(Cost(trial)))
            {
                above = 0;
                trial[i] = point[i];
                _ = Cost(trial);
            }
            double width = above + below;
            for (int r = 0; r < rows; r++)
            {
                jacobian[(i * rows) + r] = width > 0 ? (low[r] - residuals[r]) / width : 0;
            }
            trial[i] = point[i];
        }
    }

    private static double Dot(double[] a, int fromA, double[] b, int fromB, int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += a[fromA + i] * b[fromB + i];
        }
        return sum;
    }

    private static double Seen(int index, double value) => index == TransitProblem.Impact ? Math.Abs(value) : value;

    private static double[] Grid(int index, FitPrior? prior, double low, double high, int count)
    {
        if (prior is { } known)
        {
            if (known.IsHeld || known.IsNormal)
            {
                return [known.Value];
            }
            (low, high) = (known.Low, known.High);
        }
        var grid = new double[count];
        for (int i = 0; i < count; i++)
        {
            grid[i] =
                low
                + (
                    (high - low)
                    * (i + (index == TransitProblem.MidTransit ? 0.5 : 1))
                    / (count + (index == TransitProblem.MidTransit ? 0 : 1))
                );
        }
        return grid;
    }

    private FitPrior? PriorOf(int index) =>
        index switch
        {
            TransitProblem.Period => options.PeriodDays,
            TransitProblem.MidTransit => options.MidTransitDays,
            TransitProblem.Ratio => options.RadiusRatio,
            TransitProblem.Axis => options.ScaledSemiMajorAxis,
            TransitProblem.Impact => options.ImpactParameter,
            TransitProblem.Eccentricity => options.Eccentricity,
            TransitProblem.Omega => options.OmegaDegrees,
            TransitProblem.U1 => options.U1,
            _ => options.U2,
        };

    private double Scale(int index)
    {
        double usual = index switch
        {
            TransitProblem.Period => 1e-4 * options.PeriodDays.Value,
            TransitProblem.MidTransit => 2e-3,
            TransitProblem.Ratio => 2e-3,
            TransitProblem.Axis when problem.SamplesDuration => 4e-3,
            TransitProblem.Axis => 0.01 * (options.ScaledSemiMajorAxis?.Value ?? 10),
            TransitProblem.Impact => 0.03,
            TransitProblem.Eccentricity => 0.01,
            TransitProblem.Omega => 3,
            _ => 0.02,
        };
        return PriorOf(index) is { IsNormal: true } prior ? Math.Min(usual, 0.3 * prior.Sigma) : usual;
    }
}
