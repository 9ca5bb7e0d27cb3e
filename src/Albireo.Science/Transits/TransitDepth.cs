using Albireo.Science.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Albireo.Science.Transits;

/// <summary>The depth of a transit whose time and shape are known.</summary>
public static class TransitDepth
{
    private const int Iterations = 10;
    private const int MostRounds = 5;

    /// <summary>No scatter of relative fluxes that means anything.</summary>
    private const double Rounding = 1e-9;

    /// <summary>
    /// Least squares of <c>flux(t) = B(t) · (1 − depth · shape(t))</c> with a polynomial baseline B, by Gauss–Newton steps: the matched
    /// filter for a known shape (the error is √ of the inverse normal matrix's element, e.g. Press et al., Numerical Recipes, 15.4).
    /// </summary>
    /// <param name="times">Days.</param>
    /// <param name="flux">Relative flux; NaN points are left out.</param>
    /// <param name="errors">One σ of each flux; if any of those used is not above 0, all weigh the same and the residuals give the error.</param>
    /// <param name="shape">0 outside the transit, 1 where it is deepest.</param>
    /// <param name="baselineDegree">0 for a constant, 1 for a slope in time ….</param>
    /// <param name="outlierSigma">
    /// A point further than this from the fit, in units of its error and of the robust scatter of all points in such units where that is
    /// above 1, is left out, and the rest fitted again: a cosmic ray in an aperture. Infinity keeps all.
    /// </param>
    /// <exception cref="ArgumentException">Fewer points than unknowns plus one, or no point with shape above 0.</exception>
    public static DepthEstimate Fit(
        ReadOnlySpan<double> times,
        ReadOnlySpan<double> flux,
        ReadOnlySpan<double> errors,
        ReadOnlySpan<double> shape,
        int baselineDegree = 1,
        double outlierSigma = 5
    )
    {
        Require.NotNegative(baselineDegree);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outlierSigma);
        Require.SameLength(times.Length, flux.Length);
        Require.SameLength(times.Length, errors.Length);
        Require.SameLength(times.Length, shape.Length);
        var points = new List<(double T, double F, double E, double S)>();
        for (int i = 0; i < times.Length; i++)
        {
            if (double.IsFinite(times[i]) && double.IsFinite(flux[i]))
            {
                points.Add((times[i], flux[i], errors[i], shape[i]));
            }
        }
        for (int round = 1; ; round++)
        {
            (DepthEstimate found, double[] residuals) = Once(points, baselineDegree);
            var distances = Array.ConvertAll(residuals, Math.Abs);
            double least = points.TrueForAll(p => p.E > 0) ? 1 : Rounding;
            double limit = outlierSigma * Math.Max(least, ClippedStatistics.SigmaPerMad * Medians.Of([.. distances]));
            var kept = points.Where((_, i) => !(distances[i] > limit)).ToList();
            bool isEnough = kept.Count > baselineDegree + 2 && kept.Exists(p => p.S > 0);
            if (kept.Count == points.Count || round == MostRounds || !isEnough)
            {
                return found;
            }
            points = kept;
        }
    }

    /// <summary>One fit, with the residuals in units of the errors where these count.</summary>
    private static (DepthEstimate Found, double[] Residuals) Once(List<(double T, double F, double E, double S)> points, int baselineDegree)
    {
        int unknowns = baselineDegree + 2;
        if (points.Count <= unknowns || !points.Exists(p => p.S > 0))
        {
            throw new ArgumentException(
                $"{points.Count} points do not determine a depth and a baseline of degree {baselineDegree}.",
                nameof(points)
            );
        }
        bool isWeighted = points.TrueForAll(p => p.E > 0);
        double origin = points.Average(p => p.T);
        double span = Math.Max(points.Max(p => Math.Abs(p.T - origin)), double.Epsilon);
        MathNet.Numerics.Control.UseSingleThread(); // threads are the caller's to hand out
        Vector<double> x = Vector<double>.Build.Dense(unknowns); // depth, then the baseline's coefficients
        x[1] = points.Average(p => p.F);
        Matrix<double> inverse = Matrix<double>.Build.DenseIdentity(unknowns);
        double squares = 0;
        var residuals = new double[points.Count];
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            Matrix<double> normal = Matrix<double>.Build.Dense(unknowns, unknowns);
            Vector<double> right = Vector<double>.Build.Dense(unknowns);
            double[] slope = new double[unknowns];
            squares = 0;
            for (int p = 0; p < residuals.Length; p++)
            {
                (double t, double f, double e, double s) = points[p];
                double u = (t - origin) / span;
                double power = 1;
                double baseline = 0;
                for (int k = 1; k < unknowns; k++)
                {
                    baseline += x[k] * power;
                    slope[k] = power * (1 - (x[0] * s));
                    power *= u;
                }
                slope[0] = -baseline * s;
                double residual = f - (baseline * (1 - (x[0] * s)));
                double weight = isWeighted ? 1 / (e * e) : 1;
                squares += residual * residual;
                residuals[p] = isWeighted ? residual / e : residual;
                for (int i = 0; i < unknowns; i++)
                {
                    right[i] += weight * slope[i] * residual;
                    for (int j = 0; j < unknowns; j++)
                    {
                        normal[i, j] += weight * slope[i] * slope[j];
                    }
                }
            }
            inverse = normal.Inverse();
            x += inverse * right;
        }
        double variance = squares / (points.Count - unknowns);
        double error = Math.Sqrt(inverse[0, 0] * (isWeighted ? 1 : variance));
        return (new DepthEstimate(x[0], error, Math.Sqrt(variance), points.Count), residuals);
    }
}
