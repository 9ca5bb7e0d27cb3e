using Albireo.Science.Numerics;

namespace Albireo.Science.Transits;

/// <summary>
/// The posterior density of a transit with a linear baseline: flux = transit · Σ c φ. The coefficients c are not sampled: for each
/// transit they are solved for, and their uncertainty is integrated over (flat priors), which leaves −χ²/2 − ½ ln det(AᵀWA).
/// Not for several threads at once.
/// </summary>
internal sealed class TransitProblem
{
    internal const int Period = 0;
    internal const int MidTransit = 1;
    internal const int Ratio = 2;
    internal const int Axis = 3;
    internal const int Impact = 4;
    internal const int Eccentricity = 5;
    internal const int Omega = 6;
    internal const int U1 = 7;
    internal const int U2 = 8;

    private readonly TransitFitOptions options;
    private readonly FitPrior?[] priors;
    private readonly double[] values = new double[9];
    private readonly double[] normal;
    private readonly double[] right;
    private readonly double[] transit;

    /// <summary>Wraps data and priors.</summary>
    /// <param name="options">Priors.</param>
    /// <param name="times">Days; finite.</param>
    /// <param name="flux">Finite.</param>
    /// <param name="columns">Baseline, [term][point], the first all 1.</param>
    public TransitProblem(TransitFitOptions options, double[] times, double[] flux, double[][] columns)
    {
        this.options = options;
        Times = times;
        Flux = flux;
        Columns = columns;
        Weights = new double[times.Length];
        transit = new double[times.Length];
        normal = new double[columns.Length * columns.Length];
        right = new double[columns.Length];
        Coefficients = new double[columns.Length];
        priors =
        [
            options.PeriodDays,
            options.MidTransitDays,
            options.RadiusRatio,
            options.ScaledSemiMajorAxis,
            options.ImpactParameter,
            options.Eccentricity,
            options.OmegaDegrees,
            options.U1,
            options.U2,
        ];
        var free = new List<int>();
        for (int i = 0; i < priors.Length; i++)
        {
            values[i] = priors[i]?.Value ?? double.NaN;
            if (priors[i] is not { IsHeld: true } && !(i == Impact && options.InclinationDegrees is { IsHeld: true }))
            {
                free.Add(i);
            }
        }
        Free = [.. free];
        SamplesDuration =
            options.ScaledSemiMajorAxis is not { IsHeld: true } and not { IsNormal: true }
            && options.InclinationDegrees is not { IsHeld: true };
    }

    public double[] Times { get; }

    public double[] Flux { get; }

    public double[][] Columns { get; }

    /// <summary>1/σ² a point.</summary>
    public double[] Weights { get; }

    /// <summary>
    /// Whether the duration T of a circular orbit's transit, in days, is sampled in place of an axis that the priors leave open: light
    /// curves tell T well, the axis only along a curved valley with b.
    /// </summary>
    public bool SamplesDuration { get; }

    /// <summary>Indices of the sampled parameters.</summary>
    public int[] Free { get; }

    /// <summary>Coefficients of the baseline after <see cref="ChiSquared"/>.</summary>
    public double[] Coefficients { get; }

    /// <summary>Transit alone after <see cref="ChiSquared"/>.</summary>
    public ReadOnlySpan<double> Transit => transit;

    /// <summary>Lower Cholesky factor of AᵀWA after <see cref="ChiSquared"/>, row-major.</summary>
    public ReadOnlySpan<double> NormalFactor => normal;

    /// <summary>Logarithm of the posterior density, up to a constant.</summary>
    public double LogPosterior(ReadOnlySpan<double> point)
    {
        double prior = LogPrior(point, out TransitParameters? planet);
        // The search may cross b = 0, where the light is even in b; the density is one of b ≥ 0.
        if (planet is null || (!double.IsNaN(values[Impact]) && values[Impact] < 0))
        {
            return double.NegativeInfinity;
        }
        double chiSquared = ChiSquared(planet, out double logDeterminant);
        double log = prior - (0.5 * chiSquared) - (0.5 * logDeterminant);
        return double.IsNaN(log) ? double.NegativeInfinity : log;
    }

    /// <summary>Logarithm of the prior density; no planet where it is 0.</summary>
    public double LogPrior(ReadOnlySpan<double> point, out TransitParameters? planet)
    {
        planet = null;
        for (int i = 0; i < Free.Length; i++)
        {
            values[Free[i]] = point[i];
        }
        double log = 0;
        if (SamplesDuration)
        {
            double chord = AxisOfDuration(out double logDerivative);
            if (!(chord > 0))
            {
                return double.NegativeInfinity;
            }
            values[Axis] = chord;
            log += logDerivative;
        }
        for (int i = 0; i < values.Length; i++)
        {
            if (priors[i] is { IsHeld: false } prior)
            {
                log += prior.LogDensity(i == Impact ? Math.Abs(values[i]) : values[i]);
            }
        }
        double k = values[Ratio];
        double a = values[Axis];
        double e = values[Eccentricity];
        bool possible =
            log > double.NegativeInfinity
            && values[Period] > 0
            && k >= 0
            && e is >= 0 and < 0.95
            && (priors[MidTransit] is not null || (values[MidTransit] >= Times[0] && values[MidTransit] <= Times[^1]))
            && (priors[Ratio] is not null || k <= 0.5)
            && (priors[Axis] is not null ? a > 1 : a is >= 1.5 and <= 200);
        if (!possible)
        {
            return double.NegativeInfinity;
        }
        if (priors[Axis] is null)
        {
            log -= Math.Log(a);
        }
        var law = new LimbDarkening(values[U1], values[U2]);
        if (!law.IsPhysical && !(priors[U1] is { IsHeld: true } && priors[U2] is { IsHeld: true }))
        {
            return double.NegativeInfinity;
        }
        double inclination;
        if (options.InclinationDegrees is { IsHeld: true } held)
        {
            inclination = held.Value;
        }
        else
        {
            double b = Math.Abs(values[Impact]);
            double reach = a * (1 - (e * e)) / (1 + (e * Math.Sin(values[Omega] * Math.PI / 180)));
            if (b > reach || (priors[Impact] is null && b > 1 + k))
            {
                return double.NegativeInfinity;
            }
            inclination = Math.Acos(b / reach) * 180 / Math.PI;
            if (options.InclinationDegrees is { } prior)
            {
                // A density in i is one in b after division by |db/di| = reach · sin i.
                log += prior.LogDensity(inclination) - (0.5 * Math.Log(Math.Max(1e-12, (reach * reach) - (b * b))));
            }
        }
        planet = new TransitParameters
        {
            PeriodDays = values[Period],
            MidTransitDays = values[MidTransit],
            RadiusRatio = k,
            ScaledSemiMajorAxis = a,
            InclinationDegrees = inclination,
            Eccentricity = e,
            OmegaDegrees = values[Omega],
            LimbDarkening = law,
        };
        return log;
    }

    /// <summary>The duration that stands for an axis: sin²(πT/P) = ((1 + k)² − b²) / (a² − b²).</summary>
    public static double DurationOfAxis(double a, double b, double k, double period) =>
        period / Math.PI * Math.Asin(Math.Min(1, Math.Sqrt(Math.Max(0, ((1 + k) * (1 + k)) - (b * b)) / ((a * a) - (b * b)))));

    /// <summary>The axis of the sampled duration; NaN where there is none. Also ln |da/dT|, since the prior is one in the axis.</summary>
    private double AxisOfDuration(out double logDerivative)
    {
        logDerivative = 0;
        double b = values[Impact];
        double square = ((1 + values[Ratio]) * (1 + values[Ratio])) - (b * b);
        double angle = Math.PI * values[Axis] / values[Period];
        if (!(square > 0) || !(angle > 0 && angle < Math.PI / 2))
        {
            return double.NaN;
        }
        (double sin, double cos) = Math.SinCos(angle);
        double a = Math.Sqrt((b * b) + (square / (sin * sin)));
        logDerivative = Math.Log(square * cos * Math.PI / (values[Period] * sin * sin * sin * a));
        return a;
    }

    /// <summary>χ² with the best baseline for this planet, which is kept; +∞ if the baseline's terms cannot be told apart.</summary>
    public double ChiSquared(TransitParameters planet, out double logDeterminant)
    {
        TransitModel.Flux(planet, Times, options.ExposureDays, transit);
        return SolveBaseline(out logDeterminant);
    }

    /// <summary>χ² of the baseline alone.</summary>
    public double ChiSquaredWithoutTransit()
    {
        transit.AsSpan().Fill(1);
        return SolveBaseline(out _);
    }

    /// <summary>Flux minus model after <see cref="ChiSquared"/>.</summary>
    public void Residuals(Span<double> residuals)
    {
        for (int i = 0; i < Times.Length; i++)
        {
            residuals[i] = Flux[i] - (transit[i] * BaselineAt(i));
        }
    }

    /// <summary>The baseline at a point after <see cref="ChiSquared"/>.</summary>
    public double BaselineAt(int point)
    {
        double sum = 0;
        for (int j = 0; j < Columns.Length; j++)
        {
            sum += Coefficients[j] * Columns[j][point];
        }
        return sum;
    }

    private double SolveBaseline(out double logDeterminant)
    {
        int n = Columns.Length;
        normal.AsSpan().Clear();
        right.AsSpan().Clear();
        for (int j = 0; j < n; j++)
        {
            double[] columnJ = Columns[j];
            double sum = 0;
            for (int i = 0; i < transit.Length; i++)
            {
                sum += Weights[i] * transit[i] * columnJ[i] * Flux[i];
            }
            right[j] = sum;
            for (int k = 0; k <= j; k++)
            {
                double[] columnK = Columns[k];
                double product = 0;
                for (int i = 0; i < transit.Length; i++)
                {
                    product += Weights[i] * transit[i] * transit[i] * columnJ[i] * columnK[i];
                }
                normal[(j * n) + k] = product;
            }
        }
        logDeterminant = SmallMatrix.Cholesky(normal, n);
        if (double.IsNaN(logDeterminant))
        {
            return double.PositiveInfinity;
        }
        right.CopyTo(Coefficients.AsSpan());
        SmallMatrix.Solve(normal, n, Coefficients);
        double chiSquared = 0;
        for (int i = 0; i < transit.Length; i++)
        {
            double residual = Flux[i] - (transit[i] * BaselineAt(i));
            chiSquared += Weights[i] * residual * residual;
        }
        return chiSquared;
    }
}
