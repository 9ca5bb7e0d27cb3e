using Albireo.Science.Numerics;

namespace Albireo.Science.Simulation;

/// <summary>Light curves with systematics, without the pixels: to try detrending and fits on.</summary>
public static class SeriesSimulator
{
    /// <summary>
    /// <c>flux = truth · (1 + Σ cₖ zₖ) + red + white</c>, zₖ the standardised causes: air mass (a parabola through the night), drift with
    /// jitter in x and y, seeing and sky (slow swings).
    /// </summary>
    /// <param name="times">Days, upwards.</param>
    /// <param name="truth">Relative flux at the times.</param>
    /// <param name="systematics">How much of what.</param>
    /// <param name="seed">Everything random comes from it.</param>
    public static SimulatedSeries Make(ReadOnlySpan<double> times, ReadOnlySpan<double> truth, SeriesSystematics systematics, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(systematics);
        Require.SameLength(times.Length, truth.Length);
        Require.Positive(times.Length);
        var random = SeededRandom.Child(seed, 0x5E71E5);
        double[] at = times.ToArray();
        double span = Math.Max(at[^1] - at[0], 1e-9);
        double low = random.Uniform(0.3, 0.7);
        double[] airmass = [.. at.Select(t => 1.05 + (1.6 * Math.Pow(((t - at[0]) / span) - low, 2)))];
        double driftX = random.Uniform(-4, 4);
        double driftY = random.Uniform(-4, 4);
        double[] x = [.. at.Select(t => (driftX * (t - at[0]) / span) + (0.3 * random.Normal()))];
        double[] y = [.. at.Select(t => (driftY * (t - at[0]) / span) + (0.3 * random.Normal()))];
        var seeing = new OscillatorNoise { Sigma = 0.2, Period = span };
        double[] swing = seeing.Draw(at, random);
        double[] fwhm = [.. airmass.Zip(swing, (a, s) => Math.Max(1, (3 * Math.Pow(a, 0.6)) + s))];
        double[] glow = new OscillatorNoise { Sigma = 15, Period = 2 * span }.Draw(at, random);
        double[] sky = [.. airmass.Zip(glow, (a, s) => Math.Max(10, (200 * a) + s))];
        var trend = new double[at.Length];
        Array.Fill(trend, 1);
        Add(trend, airmass, systematics.Airmass);
        Add(trend, x, systematics.ShiftX);
        Add(trend, y, systematics.ShiftY);
        Add(trend, fwhm, systematics.Fwhm);
        Add(trend, sky, systematics.Sky);
        var red = new double[at.Length];
        if (systematics.RedNoise > 0)
        {
            red = new OscillatorNoise { Sigma = systematics.RedNoise, Period = systematics.RedPeriodDays }.Draw(at, random);
        }
        var flux = new double[at.Length];
        var errors = new double[at.Length];
        for (int i = 0; i < flux.Length; i++)
        {
            flux[i] = (truth[i] * trend[i]) + red[i] + (systematics.WhiteNoise * random.Normal());
            errors[i] = systematics.WhiteNoise;
        }
        return new SimulatedSeries
        {
            Times = at,
            Flux = flux,
            Errors = errors,
            Truth = truth.ToArray(),
            Trend = trend,
            Airmass = airmass,
            ShiftX = x,
            ShiftY = y,
            Fwhm = fwhm,
            Sky = sky,
        };
    }

    private static void Add(double[] trend, double[] cause, double effect)
    {
        double mean = cause.Average();
        double deviation = Math.Sqrt(cause.Average(c => (c - mean) * (c - mean)));
        for (int i = 0; i < trend.Length && deviation > 0; i++)
        {
            trend[i] += effect * (cause[i] - mean) / deviation;
        }
    }
}
