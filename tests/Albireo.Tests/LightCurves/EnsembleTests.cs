using Albireo.Science.LightCurves;
using Albireo.Science.Numerics;
using Albireo.Tests.Support;

namespace Albireo.Tests.LightCurves;

public sealed class EnsembleTests
{
    private const int Frames = 65;
    private const int Stars = 9;
    private const int Target = 2;

    [Fact]
    public void Weights_equal_an_independent_implementation_of_the_paper()
    {
        int[] stars = [.. Enumerable.Range(0, Stars).Where(s => s != Target)];
        EnsembleWeights weights = BroegEnsemble.Weigh(
            Apertures()[1],
            stars,
            [.. Enumerable.Range(0, Frames)],
            new BroegOptions { Tolerance = 1e-14, MaximumIterations = 2000 }
        );
        Assert.Equal(1, weights.Weights.Sum(), 1e-12);
        foreach (var row in Reference.Rows("ensemble_broeg.csv"))
        {
            int i = Array.IndexOf(weights.Stars, (int)row["star"]);
            Assert.Equal(row["weight"], weights.Weights[i], 1e-9 * row["weight"]);
            Assert.Equal(row["scatter"], weights.Scatter[i], 1e-9 * row["scatter"]);
        }
        Assert.True(weights.Weights[Array.IndexOf(weights.Stars, 4)] < 0.01, "the variable star weighs itself out");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public void Prose_comes_out_as_prose(int count)
    {
        StarFluxes[] all = Apertures();
        ProseCurves curves = ProseEnsemble.Run(count == 1 ? [all[1]] : all, Target);
        foreach (var row in Reference.Rows("ensemble_prose.csv").Where(r => r["apertures"] == count))
        {
            int a = (int)row["aperture"];
            Assert.Equal(row["weight"], curves.Weights[a][(int)row["star"]], 1e-9 * Math.Max(1, row["weight"]));
            Assert.Equal(row["kept"], curves.Comparisons[a].Length);
            Assert.Equal(row["best"], curves.BestAperture);
            Assert.Equal(row["rounds"], curves.Iterations);
            if (row["rank"] < row["kept"])
            {
                Assert.Equal((int)row["star"], curves.Comparisons[a][(int)row["rank"]]);
            }
        }
        foreach (var row in Reference.Rows("ensemble_prose_curve.csv").Where(_ => count == 3))
        {
            Assert.Equal(row["flux"], curves.RelativeFlux[(int)row["aperture"]][(int)row["frame"]], 1e-12);
            Assert.Equal(row["error"], curves.RelativeFluxError[(int)row["aperture"]][(int)row["frame"]], 1e-12);
        }
    }

    [Fact]
    public void Errors_shrink_with_the_ensemble_and_are_right()
    {
        const ulong seed = 41;
        var random = new SeededRandom(seed);
        const int frames = 3000;
        const int stars = 26;
        var flux = new double[frames * stars];
        var error = new double[frames * stars];
        for (int i = 0; i < flux.Length; i++)
        {
            error[i] = 100;
            flux[i] = 20000 + (100 * random.Normal());
        }
        var fluxes = new StarFluxes(frames, stars, flux, error);
        double last = double.PositiveInfinity;
        foreach (int n in new[] { 1, 5, 25 })
        {
            int[] comparisons = [.. Enumerable.Range(1, n)];
            EnsembleWeights weights = BroegEnsemble.Weigh(fluxes, comparisons, [.. Enumerable.Range(0, frames)]);
            DifferentialCurve curve = DifferentialPhotometry.Ensemble(fluxes, 0, comparisons, weights.FluxWeights()).NormalisedByMedian();
            double stated = SeriesStatistics.Median(curve.RelativeFluxError);
            double found = SeriesStatistics.StandardDeviation(curve.RelativeFlux);
            Assert.True(Math.Abs(found / stated - 1) < 0.05, $"{n}: {found} against {stated} (seed {seed})");
            Assert.True(stated < last);
            Assert.Equal(0.005 * Math.Sqrt(1 + (1.0 / n)), stated, 0.0002);
            last = stated;
        }
    }

    [Fact]
    public void A_single_star_and_impossible_calls()
    {
        StarFluxes fluxes = Apertures()[0];
        EnsembleWeights one = BroegEnsemble.Weigh(fluxes, [1], [0, 1, 2]);
        Assert.Equal([1.0], one.Weights);
        Assert.True(one.Converged);
        Assert.Throws<ArgumentException>(() => BroegEnsemble.Weigh(fluxes, [], [0, 1]));
        Assert.Throws<ArgumentException>(() => BroegEnsemble.Weigh(fluxes, [1], [0]));
        Assert.Throws<ArgumentException>(() => BroegEnsemble.Weigh(new StarFluxes(2, 1, [1, double.NaN], [1, 1]), [0], [0, 1]));
        Assert.Throws<ArgumentException>(() => BroegEnsemble.Weigh(new StarFluxes(2, 1, [-1, -2], [1, 1]), [0], [0, 1]));
        Assert.Throws<ArgumentException>(() => ProseEnsemble.Run([], 0));
    }

    [Fact]
    public void The_same_weights_for_any_number_of_stars_in_a_vector()
    {
        // Stars that do not matter, of the same light: 7, 8, 9 and 17 stars fill vectors differently.
        StarFluxes fluxes = Apertures()[2];
        int[] frames = [.. Enumerable.Range(0, Frames)];
        double[] expected = Slow(fluxes, [0, 1, 3, 5, 6, 7, 8], frames);
        EnsembleWeights found = BroegEnsemble.Weigh(
            fluxes,
            [0, 1, 3, 5, 6, 7, 8],
            frames,
            new BroegOptions { MaximumIterations = 3, Tolerance = 1e-300 }
        );
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], found.Weights[i], 1e-12);
        }
    }

    [Fact]
    public void The_quietest_aperture_wins_by_any_metric()
    {
        const ulong seed = 42;
        var random = new SeededRandom(seed);
        double[] scatters = [0.004, 0.002, 0.003];
        double[][] curves =
        [
            .. scatters.Select(s =>
                Enumerable.Range(0, 600).Select(i => (i is > 200 and < 300 ? 0.97 : 1) + (s * random.Normal())).ToArray()
            ),
        ];
        foreach (ApertureMetric metric in Enum.GetValues<ApertureMetric>())
        {
            Assert.Equal(1, ApertureChoice.Best(curves, metric, out double[] metrics));
            Assert.True(metrics[1] < metrics[2] && metrics[2] < metrics[0], $"{metric} (seed {seed})");
        }
        Assert.Equal(0.002, ApertureChoice.Measure(curves[1], ApertureMetric.PointToPoint), 0.0003);
        double[] holes = [.. curves[1].Select((v, i) => i % 10 == 0 ? double.NaN : v)];
        Assert.Equal(1, ApertureChoice.Best([holes, curves[2]], ApertureMetric.PointToPoint, out _));
        Assert.Throws<ArgumentException>(() =>
            ApertureChoice.Best(
                [
                    [double.NaN, 1],
                ],
                ApertureMetric.PointToPoint,
                out _
            )
        );
        Assert.Equal(0, ApertureChoice.Best([curves[0]], ApertureMetric.Binned, out _));
    }

    private static double[] Slow(StarFluxes fluxes, int[] stars, int[] frames)
    {
        double[][] flux = [.. stars.Select(fluxes.FluxOf)];
        double[][] error = [.. stars.Select(fluxes.ErrorOf)];
        double[] mean = [.. flux.Select(f => f.Average())];
        double[] weights = [.. stars.Select((_, i) => frames.Length / error[i].Sum(e => e * e / mean[i] / mean[i]))];
        for (int round = 0; round < 3; round++)
        {
            double[] now = [.. weights];
            weights =
            [
                .. stars.Select(
                    (_, i) =>
                    {
                        double[] curve =
                        [
                            .. frames.Select(f =>
                                flux[i][f]
                                / mean[i]
                                / (stars.Select((_, j) => j == i ? 0 : now[j] * flux[j][f] / mean[j]).Sum() / (now.Sum() - now[i]))
                            ),
                        ];
                        return Math.Pow(SeriesStatistics.StandardDeviation(curve) / curve.Average(), -2);
                    }
                ),
            ];
        }
        double sum = weights.Sum();
        return [.. weights.Select(w => w / sum)];
    }

    private static StarFluxes[] Apertures()
    {
        var flux = new double[3][];
        var error = new double[3][];
        for (int a = 0; a < 3; a++)
        {
            flux[a] = new double[Frames * Stars];
            error[a] = new double[Frames * Stars];
        }
        foreach (var row in Reference.Rows("ensemble_fluxes.csv"))
        {
            int i = ((int)row["frame"] * Stars) + (int)row["star"];
            flux[(int)row["aperture"]][i] = row["flux"];
            error[(int)row["aperture"]][i] = row["error"];
        }
        return [.. Enumerable.Range(0, 3).Select(a => new StarFluxes(Frames, Stars, flux[a], error[a]))];
    }
}
