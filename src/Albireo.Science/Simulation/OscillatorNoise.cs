using Albireo.Science.Numerics;

namespace Albireo.Science.Simulation;

/// <summary>
/// A Gaussian process with the covariance of a stochastically driven, damped harmonic oscillator (the SHO kernel; Foreman-Mackey et al.
/// 2017, AJ 154, 220): what stars and the atmosphere do. Drawn exactly, in linear time, through the oscillator's own equation of motion.
/// </summary>
public sealed record OscillatorNoise
{
    /// <summary>Standard deviation of the process.</summary>
    public required double Sigma
    {
        get;
        init => field = Require.NotNegative(value);
    }

    /// <summary>Undamped period, in the unit of the times.</summary>
    public required double Period
    {
        get;
        init => field = Require.Positive(value);
    }

    /// <summary>Quality: 1/√2 for a random walk that comes back, larger for an oscillation. ½ is critical damping.</summary>
    public double Quality
    {
        get;
        init => field = Require.Positive(value);
    } = Math.Sqrt(0.5);

    /// <summary>Covariance of two values a time apart.</summary>
    public double Covariance(double lag) => Sigma * Sigma * Response(Math.Abs(lag)).FromPlace;

    /// <summary>Values at given times, upwards; one realisation for each state of the generator.</summary>
    public double[] Draw(ReadOnlySpan<double> times, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var values = new double[times.Length];
        double w = 2 * Math.PI / Period;
        double x = random.Normal();
        double v = w * random.Normal();
        for (int i = 0; i < times.Length; i++)
        {
            if (i > 0)
            {
                (x, v) = Step(x, v, times[i] - times[i - 1], w, random);
            }
            values[i] = Sigma * x;
        }
        return values;
    }

    /// <summary>
    /// State after a time: mean A·(x, v), covariance P − A·P·Aᵀ with P = diag(1, ω²), in which the process stays.
    /// </summary>
    private (double X, double V) Step(double x, double v, double dt, double w, SeededRandom random)
    {
        (double a11, double a12) = Response(Require.NotNegative(dt));
        double a21 = -w * w * a12;
        double a22 = a11 - (w / Quality * a12);
        double q11 = Math.Max(0, 1 - (a11 * a11) - (a12 * a12 * w * w));
        double q12 = -(a11 * a21) - (a12 * a22 * w * w);
        double q22 = (w * w) - (a21 * a21) - (a22 * a22 * w * w);
        double l11 = Math.Sqrt(q11);
        double l21 = l11 > 0 ? q12 / l11 : 0;
        double l22 = Math.Sqrt(Math.Max(0, q22 - (l21 * l21)));
        double z1 = random.Normal();
        double z2 = random.Normal();
        return ((a11 * x) + (a12 * v) + (l11 * z1), (a21 * x) + (a22 * v) + (l21 * z1) + (l22 * z2));
    }

    /// <summary>Free motion from (1, 0) and from (0, 1) after a time: the first row of the propagator.</summary>
    private (double FromPlace, double FromSpeed) Response(double dt)
    {
        double w = 2 * Math.PI / Period;
        double damping = w / (2 * Quality);
        double square = (w * w) - (damping * damping);
        double fall = Math.Exp(-damping * dt);
        double rate = Math.Sqrt(Math.Abs(square));
        double c = square > 0 ? Math.Cos(rate * dt) : Math.Cosh(rate * dt);
        double s =
            rate * dt < 1e-8 ? dt
            : square > 0 ? Math.Sin(rate * dt) / rate
            : Math.Sinh(rate * dt) / rate;
        return (fall * (c + (damping * s)), fall * s);
    }
}
