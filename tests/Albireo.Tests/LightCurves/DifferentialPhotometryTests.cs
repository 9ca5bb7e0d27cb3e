using Albireo.Science.LightCurves;
using Albireo.Science.Numerics;
using Albireo.Science.Photometry;

namespace Albireo.Tests.LightCurves;

public sealed class DifferentialPhotometryTests
{
    private static readonly int[] Two = [1, 2];

    [Fact]
    public void Ratio_and_error_by_hand()
    {
        var fluxes = new StarFluxes(1, 3, [100, 200, 300], [10, 4, 3]);
        DifferentialCurve curve = DifferentialPhotometry.Ensemble(fluxes, 0, Two);
        Assert.Equal(0.2, curve.RelativeFlux[0], 1e-15);
        Assert.Equal(500, curve.EnsembleFlux[0]);
        Assert.Equal(5, curve.EnsembleFluxError[0], 1e-12);
        Assert.Equal(0.2 * Math.Sqrt(0.01 + 0.0001), curve.RelativeFluxError[0], 1e-12);
        DifferentialCurve weighted = DifferentialPhotometry.Ensemble(fluxes, 0, Two, [1, 2]);
        Assert.Equal(100 / 800.0, weighted.RelativeFlux[0], 1e-15);
        Assert.Equal(Math.Sqrt(16 + 36), weighted.EnsembleFluxError[0], 1e-12);
    }

    [Fact]
    public void A_missing_or_saturated_comparison_leaves_the_frame_empty_and_flagged()
    {
        double[] flux = [10, 100, 100, 10, double.NaN, 100, 10, 100, 100, double.NaN, 100, 100];
        uint[] flags = [0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0];
        var fluxes = new StarFluxes(4, 3, flux, Array.ConvertAll(flux, Math.Sqrt), flags);
        DifferentialCurve curve = DifferentialPhotometry.Ensemble(fluxes, 0, Two, unusable: 4);
        Assert.Equal([false, true, true, false], curve.ComparisonMissing);
        Assert.Equal([false, false, false, true], curve.TargetMissing);
        Assert.Equal(0.05, curve.RelativeFlux[0], 1e-15);
        Assert.True(double.IsNaN(curve.RelativeFlux[1]) && double.IsNaN(curve.EnsembleFlux[1]));
        Assert.True(double.IsNaN(curve.RelativeFlux[2]));
        Assert.True(double.IsNaN(curve.RelativeFlux[3]) && curve.EnsembleFlux[3] == 200);
        DifferentialCurve indifferent = DifferentialPhotometry.Ensemble(fluxes, 0, Two, unusable: 2);
        Assert.False(indifferent.ComparisonMissing[2]);
    }

    [Fact]
    public void A_target_fainter_than_zero_has_a_flux_and_an_error_but_no_magnitude()
    {
        DifferentialCurve curve = DifferentialPhotometry.Ensemble(new StarFluxes(1, 2, [-5, 100], [10, 1]), 0, [1]);
        Assert.Equal(-0.05, curve.RelativeFlux[0], 1e-15);
        Assert.True(curve.RelativeFluxError[0] > 0.1);
        Assert.True(double.IsNaN(curve.RelativeMagnitude()[0]));
        Assert.Throws<ArgumentException>(() => curve.NormalisedByMedian());
    }

    [Fact]
    public void Unknown_errors_stay_unknown()
    {
        DifferentialCurve curve = DifferentialPhotometry.Ensemble(new StarFluxes(1, 2, [5, 100], [double.NaN, double.NaN]), 0, [1]);
        Assert.Equal(0.05, curve.RelativeFlux[0], 1e-15);
        Assert.True(double.IsNaN(curve.RelativeFluxError[0]));
    }

    [Fact]
    public void Impossible_ensembles_are_refused()
    {
        var fluxes = new StarFluxes(1, 3, [1, 2, 3], [1, 1, 1]);
        Assert.Throws<ArgumentException>(() => DifferentialPhotometry.Ensemble(fluxes, 0, []));
        Assert.Throws<ArgumentException>(() => DifferentialPhotometry.Ensemble(fluxes, 0, [0]));
        Assert.Throws<ArgumentException>(() => DifferentialPhotometry.Ensemble(fluxes, 0, [1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => DifferentialPhotometry.Ensemble(fluxes, 0, [3]));
        Assert.Throws<ArgumentException>(() => DifferentialPhotometry.Ensemble(fluxes, 0, Two, [0, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => DifferentialPhotometry.Ensemble(fluxes, 0, Two, [1, -1]));
    }

    [Fact]
    public void Normalising_outside_a_window_leaves_the_eclipse_deep()
    {
        double[] times = [0, 1, 2, 3, 4, 5, 6];
        double[] flux = [2, 2, 1, 1, 1, 1, 2];
        var fluxes = new StarFluxes(7, 2, [.. flux.SelectMany(f => new[] { f, 10 })], [.. flux.SelectMany(_ => new[] { 0.1, 0 })]);
        DifferentialCurve curve = DifferentialPhotometry.Ensemble(fluxes, 0, [1]).NormalisedOutside(times, 1.5, 5.5);
        Assert.Equal([1, 1, 0.5, 0.5, 0.5, 0.5, 1], curve.RelativeFlux);
        Assert.Equal(0.2, curve.Level, 1e-15);
        Assert.Equal(0.05, curve.RelativeFluxError[2], 1e-12);
    }

    [Fact]
    public void Point_to_point_scatter_is_the_noise_and_not_the_eclipse()
    {
        const ulong seed = 11;
        var random = new SeededRandom(seed);
        var values = new double[20000];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = 1 + (0.2 * Math.Sin(i / 2000.0)) + (0.01 * random.Normal());
        }
        double scatter = SeriesStatistics.PointToPointScatter(values);
        Assert.True(Math.Abs(scatter - 0.01) < 4 * 0.01 / Math.Sqrt(values.Length), $"{scatter} (seed {seed})");
        Assert.True(SeriesStatistics.StandardDeviation(values) > 0.1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(25)]
    public void Errors_shrink_with_the_ensemble_and_hold_the_scintillation_of_each_star(int comparisons)
    {
        // Photons and a scintillation of 0.5 % that is every star's own: σ² = (1/S + ς²)(1 + 1/N).
        const ulong seed = 605;
        const double light = 40000;
        const double turbulence = 0.005;
        const int frames = 1500;
        var random = new SeededRandom(seed);
        int stars = comparisons + 1;
        var flux = new double[frames * stars];
        var error = new double[frames * stars];
        for (int i = 0; i < flux.Length; i++)
        {
            flux[i] = light * (1 + (turbulence * random.Normal())) + (Math.Sqrt(light) * random.Normal());
            error[i] = Math.Sqrt(light);
        }
        ErrorBudget.AddRelative([.. flux.Select(_ => light)], turbulence, error);
        DifferentialCurve curve = DifferentialPhotometry
            .Ensemble(new StarFluxes(frames, stars, flux, error), 0, [.. Enumerable.Range(1, comparisons)])
            .NormalisedByMedian();
        double expected = Math.Sqrt(((1 / light) + (turbulence * turbulence)) * (1 + (1.0 / comparisons)));
        Assert.Equal(expected, SeriesStatistics.Median(curve.RelativeFluxError), 0.01 * expected);
        double[] pulls = [.. curve.RelativeFlux.Select((f, i) => (f - 1) / curve.RelativeFluxError[i])];
        Assert.Equal(1, SeriesStatistics.StandardDeviation(pulls), 0.07); // 4 σ of 1500 draws
    }

    [Fact]
    public void Error_bars_are_right_by_Monte_Carlo()
    {
        const ulong seed = 12;
        var random = new SeededRandom(seed);
        const int frames = 6000;
        double[] truth = [5000, 20000, 9000, 14000];
        var flux = new double[frames * 4];
        var error = new double[frames * 4];
        for (int i = 0; i < flux.Length; i++)
        {
            error[i] = Math.Sqrt(truth[i % 4] + 900);
            flux[i] = truth[i % 4] + (error[i] * random.Normal());
        }
        double[] weights = [0.5, 2, 1];
        DifferentialCurve curve = DifferentialPhotometry.Ensemble(new StarFluxes(frames, 4, flux, error), 0, [1, 2, 3], weights);
        double expected = 5000 / (10000 + 18000 + 14000.0);
        var pulls = new double[frames];
        for (int i = 0; i < frames; i++)
        {
            pulls[i] = (curve.RelativeFlux[i] - expected) / curve.RelativeFluxError[i];
        }
        Assert.True(Math.Abs(SeriesStatistics.StandardDeviation(pulls) - 1) < 0.04, $"width (seed {seed})");
        Assert.True(Math.Abs(SeriesStatistics.Mean(pulls)) < 0.05, $"mean (seed {seed})");
    }
}
