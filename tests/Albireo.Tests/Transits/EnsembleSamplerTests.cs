using Albireo.Science.Numerics;
using Albireo.Science.Transits;

namespace Albireo.Tests.Transits;

public sealed class EnsembleSamplerTests
{
    [Fact]
    public void A_narrow_normal_distribution_comes_back_with_its_covariance()
    {
        const ulong seed = 31;
        // Variances 1 and 1e-6, correlation 0.9: affine invariance makes it as easy as a round one.
        static double Density(ReadOnlySpan<double> x)
        {
            double u = x[0];
            double v = x[1] / 1e-3;
            return -0.5 * ((u * u) - (1.8 * u * v) + (v * v)) / (1 - 0.81);
        }
        var random = new SeededRandom(seed);
        double[] start = [.. Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? 1 : 1e-3) * random.Normal())];
        EnsembleChain chain = EnsembleSampler.Run(Density, start, 2, 20000, 200, seed);
        Assert.True(chain.Converged);
        Assert.InRange(chain.AcceptedFraction, 0.5, 0.85);
        double[] samples = chain.Samples();
        double n = samples.Length / 2.0;
        double uu = 0;
        double uv = 0;
        double vv = 0;
        for (int i = 0; i < samples.Length; i += 2)
        {
            uu += samples[i] * samples[i] / n;
            uv += samples[i] * samples[i + 1] * 1e3 / n;
            vv += samples[i + 1] * samples[i + 1] * 1e6 / n;
        }
        Assert.True(Math.Abs(uu - 1) < 0.1 && Math.Abs(vv - 1) < 0.1 && Math.Abs(uv - 0.9) < 0.1, $"{uu} {uv} {vv} (seed {seed})");
    }

    [Fact]
    public void The_autocorrelation_time_of_a_known_process()
    {
        const ulong seed = 32;
        const double keep = 0.9; // x' = 0.9 x + noise: τ = (1 + 0.9) / (1 − 0.9) = 19
        var random = new SeededRandom(seed);
        var now = new double[10];
        var steps = new List<double[]>();
        for (int s = 0; s < 20000; s++)
        {
            for (int w = 0; w < 10; w++)
            {
                now[w] = (keep * now[w]) + random.Normal();
            }
            steps.Add((double[])now.Clone());
        }
        double time = AutocorrelationTime.Of(steps, 0, 10, 1)[0];
        Assert.True(Math.Abs(time - 19) < 1, $"{time} (seed {seed})");
        Assert.True(double.IsNaN(AutocorrelationTime.Of(steps[..8], 0, 10, 1)[0]));
    }

    [Fact]
    public void Impossible_starts_are_refused()
    {
        Assert.Throws<ArgumentException>(() => EnsembleSampler.Run(_ => 0, new double[6], 2, 10, 1, 1));
        Assert.Throws<ArgumentException>(() => EnsembleSampler.Run(_ => 0, new double[10], 2, 10, 1, 1));
        Assert.Throws<ArgumentException>(() => EnsembleSampler.Run(_ => double.NegativeInfinity, new double[8], 2, 10, 1, 1));
    }
}
