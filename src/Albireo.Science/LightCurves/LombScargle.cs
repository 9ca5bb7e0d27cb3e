using Albireo.Science.Numerics;

namespace Albireo.Science.LightCurves;

/// <summary>
/// The generalised Lomb–Scargle periodogram with a floating mean (Zechmeister &amp; Kürster 2009, A&amp;A 496, 577): the part of χ² that a
/// sine at each frequency explains, 0 … 1.
/// </summary>
public static class LombScargle
{
    /// <summary>Power at frequencies.</summary>
    /// <param name="times">Any order; finite.</param>
    /// <param name="values">One a time; finite.</param>
    /// <param name="errors">One σ each, above 0; empty for equal weights.</param>
    /// <param name="frequencies">Cycles per unit of time.</param>
    /// <returns>One power a frequency.</returns>
    /// <exception cref="ArgumentException">Fewer than four points, or values that do not vary.</exception>
    public static double[] Power(
        ReadOnlySpan<double> times,
        ReadOnlySpan<double> values,
        ReadOnlySpan<double> errors,
        ReadOnlySpan<double> frequencies
    )
    {
        double[] weights = Weights(times, values, errors);
        double mean = 0;
        for (int i = 0; i < values.Length; i++)
        {
            mean += weights[i] * values[i];
        }
        var centred = new double[values.Length];
        double whole = 0;
        for (int i = 0; i < values.Length; i++)
        {
            centred[i] = values[i] - mean;
            whole += weights[i] * centred[i] * centred[i];
        }
        if (!(whole > 0))
        {
            throw new ArgumentException("The values do not vary.", nameof(values));
        }
        double first = times[0];
        var power = new double[frequencies.Length];
        for (int f = 0; f < power.Length; f++)
        {
            double c = 0;
            double s = 0;
            double cc = 0;
            double cs = 0;
            double yc = 0;
            double ys = 0;
            for (int i = 0; i < times.Length; i++)
            {
                (double sin, double cos) = Math.SinCos(2 * Math.PI * frequencies[f] * (times[i] - first));
                double w = weights[i];
                c += w * cos;
                s += w * sin;
                cc += w * cos * cos;
                cs += w * cos * sin;
                yc += w * centred[i] * cos;
                ys += w * centred[i] * sin;
            }
            double ss = 1 - cc - (s * s);
            cc -= c * c;
            cs -= c * s;
            double determinant = (cc * ss) - (cs * cs);
            power[f] = determinant > 0 ? ((ss * yc * yc) + (cc * ys * ys) - (2 * cs * yc * ys)) / (whole * determinant) : 0;
        }
        return power;
    }

    /// <summary>
    /// How likely noise alone has a peak this high anywhere up to a frequency (Baluev 2008, MNRAS 385, 1279, without aliasing).
    /// </summary>
    /// <param name="power">Of the peak, 0 … 1.</param>
    /// <param name="highestFrequency">Of the search.</param>
    /// <param name="times">As in <see cref="Power"/>.</param>
    /// <param name="errors">As in <see cref="Power"/>.</param>
    public static double FalseAlarmProbability(
        double power,
        double highestFrequency,
        ReadOnlySpan<double> times,
        ReadOnlySpan<double> errors
    )
    {
        double[] weights = Weights(times, times, errors);
        double mean = 0;
        double square = 0;
        for (int i = 0; i < times.Length; i++)
        {
            mean += weights[i] * (times[i] - times[0]);
            square += weights[i] * (times[i] - times[0]) * (times[i] - times[0]);
        }
        double baseline = highestFrequency * Math.Sqrt(4 * Math.PI * (square - (mean * mean)));
        double n = times.Length - 1;
        double k = times.Length - 3;
        double gamma =
            Math.Sqrt(2 / n)
            * Math.Exp(MathNet.Numerics.SpecialFunctions.GammaLn(n / 2) - MathNet.Numerics.SpecialFunctions.GammaLn((n - 1) / 2));
        double tau = gamma * baseline * Math.Pow(1 - power, 0.5 * (k - 1)) * Math.Sqrt(0.5 * n * power);
        double single = Math.Pow(1 - power, 0.5 * k);
        double none = Math.Exp(-tau);
        // 1 − e^−τ without losing small numbers.
        double some = tau < 1e-5 ? tau * (1 - (0.5 * tau)) : 1 - none;
        return some + (single * none);
    }

    private static double[] Weights(ReadOnlySpan<double> times, ReadOnlySpan<double> values, ReadOnlySpan<double> errors)
    {
        Require.SameLength(times.Length, values.Length);
        if (times.Length < 4)
        {
            throw new ArgumentException($"{times.Length} points are too few for a period.", nameof(times));
        }
        var weights = new double[times.Length];
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = errors.IsEmpty ? 1 : 1 / (errors[i] * errors[i]);
            sum += weights[i];
        }
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] /= sum;
        }
        return weights;
    }
}
