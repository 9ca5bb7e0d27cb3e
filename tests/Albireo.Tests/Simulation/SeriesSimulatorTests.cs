using Albireo.Science.Simulation;

namespace Albireo.Tests.Simulation;

public sealed class SeriesSimulatorTests
{
    private static readonly double[] Times = [.. Enumerable.Range(0, 2000).Select(i => 0.0001 * i)];
    private static readonly double[] Truth = [.. Times.Select(t => t is > 0.08 and < 0.12 ? 0.985 : 1)];

    [Fact]
    public void Residuals_about_truth_and_trend_are_the_white_noise()
    {
        SimulatedSeries series = SeriesSimulator.Make(Times, Truth, new SeriesSystematics(), 6);
        double squares = 0;
        for (int i = 0; i < Times.Length; i++)
        {
            squares += Math.Pow(series.Flux[i] - (series.Truth[i] * series.Trend[i]), 2);
        }
        Assert.Equal(0.002, Math.Sqrt(squares / Times.Length), 0.0001);
        Assert.All(series.Errors, e => Assert.Equal(0.002, e));
        Assert.InRange(series.Airmass.Min(), 1, 1.1);
    }

    [Fact]
    public void Each_cause_has_the_effect_that_was_asked_for()
    {
        var only = new SeriesSystematics
        {
            WhiteNoise = 0,
            Airmass = 0,
            ShiftX = 0.004,
            ShiftY = 0,
            Fwhm = 0,
        };
        SimulatedSeries series = SeriesSimulator.Make(Times, Truth, only, 7);
        double mean = series.ShiftX.Average();
        double deviation = Math.Sqrt(series.ShiftX.Average(x => (x - mean) * (x - mean)));
        for (int i = 0; i < Times.Length; i += 97)
        {
            Assert.Equal(Truth[i] * (1 + (0.004 * (series.ShiftX[i] - mean) / deviation)), series.Flux[i], 1e-12);
        }
    }

    [Fact]
    public void Red_noise_is_correlated_and_seeds_repeat()
    {
        var red = new SeriesSystematics { WhiteNoise = 0.001, RedNoise = 0.003 };
        SimulatedSeries one = SeriesSimulator.Make(Times, Truth, red, 8);
        double[] residuals = [.. one.Flux.Select((f, i) => f - (one.Truth[i] * one.Trend[i]))];
        double variance = residuals.Average(r => r * r);
        double neighbours = Enumerable.Range(0, residuals.Length - 1).Average(i => residuals[i] * residuals[i + 1]);
        Assert.True(neighbours / variance > 0.7, $"seed 8: correlation {neighbours / variance:F3}");
        Assert.Equal(one.Flux, SeriesSimulator.Make(Times, Truth, red, 8).Flux);
        Assert.NotEqual(one.Flux, SeriesSimulator.Make(Times, Truth, red, 9).Flux);
    }
}
