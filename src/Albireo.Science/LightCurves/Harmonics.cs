using Albireo.Science.Numerics;

namespace Albireo.Science.LightCurves;

/// <summary>A sine of known period and its overtones, fitted to a series by weighted linear least squares.</summary>
public static class Harmonics
{
    /// <summary>Fits a constant and sines of <paramref name="period"/>, half of it, and so on.</summary>
    /// <param name="times">Any order.</param>
    /// <param name="values">NaN is left out.</param>
    /// <param name="errors">One σ each; empty for equal errors, which are then taken from the residuals.</param>
    /// <param name="period">Unit of the times.</param>
    /// <param name="count">Number of sines, 1 or more.</param>
    /// <returns>The constant, and for each sine its amplitude (half of peak to peak), the amplitude's error, and the time of its first
    /// maximum at or after 0.</returns>
    /// <exception cref="ArgumentException">Too few points for the sines, or points that cannot tell them apart.</exception>
    public static (double Constant, IReadOnlyList<(double Amplitude, double Error, double MaximumTime)> Sines) Fit(
        ReadOnlySpan<double> times,
        ReadOnlySpan<double> values,
        ReadOnlySpan<double> errors,
        double period,
        int count = 1
    )
    {
        Require.SameLength(times.Length, values.Length);
        Require.Positive(period);
        int n = (2 * Require.Positive(count)) + 1;
        var matrix = new double[n * n];
        var right = new double[n];
        var row = new double[n];
        int used = 0;
        for (int i = 0; i < times.Length; i++)
        {
            double weight = Weight(values, errors, i);
            if (weight == 0)
            {
                continue;
            }
            used++;
            Row(times[i], period, row);
            for (int j = 0; j < n; j++)
            {
                right[j] += weight * row[j] * values[i];
                for (int k = 0; k < n; k++)
                {
                    matrix[(j * n) + k] += weight * row[j] * row[k];
                }
            }
        }
        if (used <= n || double.IsNaN(SmallMatrix.Cholesky(matrix, n)))
        {
            throw new ArgumentException($"{used} points cannot tell {count} sines of period {period} apart.", nameof(times));
        }
        SmallMatrix.Solve(matrix, n, right);
        double scale = errors.IsEmpty ? Residual(times, values, period, right) / (used - n) : 1;
        var sines = new (double, double, double)[count];
        for (int h = 0; h < count; h++)
        {
            double cosine = right[(2 * h) + 1];
            double sine = right[(2 * h) + 2];
            double amplitude = Math.Sqrt((cosine * cosine) + (sine * sine));
            // The variance along the direction of the amplitude: dᵀ (AᵀWA)⁻¹ d.
            var direction = new double[n];
            direction[(2 * h) + 1] = amplitude > 0 ? cosine / amplitude : 1;
            direction[(2 * h) + 2] = amplitude > 0 ? sine / amplitude : 0;
            var solved = (double[])direction.Clone();
            SmallMatrix.Solve(matrix, n, solved);
            double variance = (direction[(2 * h) + 1] * solved[(2 * h) + 1]) + (direction[(2 * h) + 2] * solved[(2 * h) + 2]);
            double phase = Math.Atan2(sine, cosine) / (2 * Math.PI);
            sines[h] = (amplitude, Math.Sqrt(variance * scale), (phase - Math.Floor(phase)) * period / (h + 1));
        }
        return (right[0], sines);
    }

    private static double Weight(ReadOnlySpan<double> values, ReadOnlySpan<double> errors, int i) =>
        !double.IsFinite(values[i]) ? 0
        : errors.IsEmpty ? 1
        : 1 / (errors[i] * errors[i]);

    private static void Row(double time, double period, double[] row)
    {
        row[0] = 1;
        for (int h = 1; 2 * h < row.Length; h++)
        {
            (row[2 * h], row[(2 * h) - 1]) = Math.SinCos(2 * Math.PI * h * time / period);
        }
    }

    private static double Residual(ReadOnlySpan<double> times, ReadOnlySpan<double> values, double period, double[] solution)
    {
        var row = new double[solution.Length];
        double sum = 0;
        for (int i = 0; i < times.Length; i++)
        {
            if (double.IsFinite(values[i]))
            {
                Row(times[i], period, row);
                double residual = values[i];
                for (int j = 0; j < row.Length; j++)
                {
                    residual -= solution[j] * row[j];
                }
                sum += residual * residual;
            }
        }
        return sum;
    }
}
