using Albireo.Science.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Albireo.Science.Transits;

/// <summary>The depth of a transit whose time and shape are known.</summary>
public static class TransitDepth
{
    private const int Iterations = 10;

    /// <summary>
    /// Least squares of <c>flux(t) = B(t) · (1 − depth · shape(t))</c> with a polynomial baseline B, by Gauss–Newton steps: the matched
    /// filter for a known shape (the error is √ of the inverse normal matrix's element, e.g. Press et al., Numerical Recipes, 15.4).
    /// </summary>
    /// <param name="times">Days.</param>
    /// <param name="flux">Relative flux; NaN points are left out.</param>
    /// <param name="errors">One σ of each flux; if any of those used is not above 0, all weigh the same and the residuals give the error.</param>
    /// <param name="shape">0 outside the transit, 1 where it is deepest.</param>
    /// <param name="baselineDegree">0 for a constant, 1 for a slope in time ….</param>
    /// <exception cref="ArgumentException">Fewer points than unknowns plus one, or no point with shape above 0.</exception>
    public static DepthEstimate Fit(
        ReadOnlySpan<double> times,
        ReadOnlySpan<double> flux,
        ReadOnlySpan<double> errors,
        ReadOnlySpan<double> shape,
        int baselineDegree = 1
    )
    {
        Require.NotNegative(baselineDegree);
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
        int unknowns = baselineDegree + 2;
        if (points.Count <= unknowns || !points.Exists(p => p.S > 0))
        {
            throw new ArgumentException(
                $"{points.Count} points do not determine a depth and a baseline of degree {baselineDegree}.",
                nameof(flux)
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
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            Matrix<double> normal = Matrix<double>.Build.Dense(unknowns, unknowns);
            Vector<double> right = Vector<double>.Build.Dense(unknowns);
            double[] slope = new double[unknowns];
            squares = 0;
            foreach ((double t, double f, double e, double s) in points)
            {
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
        return new DepthEstimate(x[0], error, Math.Sqrt(variance), points.Count);
    }
}
