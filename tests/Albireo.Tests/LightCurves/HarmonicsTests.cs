using Albireo.Science.LightCurves;
using Albireo.Science.Numerics;
using Albireo.Science.Transits;

namespace Albireo.Tests.LightCurves;

public sealed class HarmonicsTests
{
    private const ulong Seed = 81;

    [Fact]
    public void A_sine_and_its_overtone_come_back_exactly_without_noise()
    {
        double[] times = [.. Enumerable.Range(0, 40).Select(i => 0.013 * i)];
        double[] values =
        [
            .. times.Select(t => 2 + (0.3 * Math.Cos(2 * Math.PI * (t - 0.05) / 0.2)) + (0.1 * Math.Cos(4 * Math.PI * (t - 0.03) / 0.2))),
        ];
        var (constant, sines) = Harmonics.Fit(times, values, default, 0.2, 2);
        Assert.Equal(2, constant, 1e-12);
        Assert.Equal(0.3, sines[0].Amplitude, 1e-12);
        Assert.Equal(0.05, sines[0].MaximumTime, 1e-12);
        Assert.Equal(0.1, sines[1].Amplitude, 1e-12);
        Assert.Equal(0.03, sines[1].MaximumTime, 1e-12);
    }

    [Fact]
    public void The_error_of_an_amplitude_is_right_with_and_without_given_errors()
    {
        var random = new SeededRandom(Seed);
        double[] times = [.. Enumerable.Range(0, 80).Select(i => 0.01 * i)];
        double[] errors = [.. times.Select(_ => 0.004)];
        var given = new double[600];
        var found = new double[600];
        for (int trial = 0; trial < given.Length; trial++)
        {
            double[] values = [.. times.Select(t => 1 + (0.01 * Math.Sin(2 * Math.PI * t / 0.37)) + (0.004 * random.Normal()))];
            values[7] = double.NaN;
            var one = Harmonics.Fit(times, values, errors, 0.37).Sines[0];
            var two = Harmonics.Fit(times, values, default, 0.37).Sines[0];
            given[trial] = (one.Amplitude - 0.01) / one.Error;
            found[trial] = (two.Amplitude - 0.01) / two.Error;
        }
        Assert.True(Math.Abs(SeriesStatistics.StandardDeviation(given) - 1) < 0.1, $"seed {Seed}");
        Assert.True(Math.Abs(SeriesStatistics.StandardDeviation(found) - 1) < 0.1, $"seed {Seed}");
        Assert.True(Math.Abs(SeriesStatistics.Mean(given)) < 0.15, $"seed {Seed}");
        Assert.Throws<ArgumentException>(() => Harmonics.Fit([1, 2, 3], [1, 2, 3], default, 1));
    }

    [Fact]
    public void The_pair_matrix_shows_the_variable_star()
    {
        var random = new SeededRandom(Seed);
        var flux = new double[400];
        for (int i = 0; i < flux.Length; i++)
        {
            flux[i] = 1000 * (1 + (0.005 * random.Normal())) * (i % 4 == 2 ? 1 + (0.1 * Math.Sin(i / 30.0)) : 1);
        }
        double[] matrix = PairScatter.Magnitudes(new StarFluxes(100, 4, flux, new double[400]), [0, 1, 2, 3]);
        Assert.Equal(0, matrix[5]);
        Assert.Equal(matrix[1], matrix[4]);
        Assert.Equal(0.005 * 1.0857 * Math.Sqrt(2), matrix[1], 0.0015);
        Assert.True(matrix[2] > 0.05 && matrix[11] > 0.05 && matrix[3] < 0.01, $"seed {Seed}");
        Assert.True(double.IsNaN(PairScatter.Magnitudes(new StarFluxes(2, 2, [1, 2, 3, 4], [1, 1, 1, 1]), [0, 1])[1]));
    }

    [Fact]
    public void A_tanh_dip_has_its_depth_width_and_period()
    {
        double[] times = [0, 0.04999, 0.05001, 0.2, 3, 3.2];
        var flux = new double[6];
        TanhTransit.Flux(times, 0, 0.1, 0.02, 3, 200, flux);
        Assert.Equal(0.98, flux[0], 1e-9);
        Assert.True(flux[1] < 0.99 + 1e-3 && flux[2] > 0.99 - 1e-3);
        Assert.Equal(1, flux[3], 1e-9);
        Assert.Equal(0.98, flux[4], 1e-9);
        Assert.Equal(1, flux[5], 1e-9);
    }
}
