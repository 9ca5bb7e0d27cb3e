using Albireo.Science.LightCurves;
using Albireo.Science.Numerics;
using Albireo.Tests.Support;

namespace Albireo.Tests.LightCurves;

public sealed class DetrendingTests
{
    [Fact]
    public void Every_combination_agrees_with_numpy_and_the_best_is_chosen()
    {
        (DetrendingTerm[] terms, double[] model, double[] flux, double[] trend) = Data();
        double lowest = double.PositiveInfinity;
        int[] best = [];
        foreach (var row in Reference.Rows("detrending_bic.csv"))
        {
            int[] orders = [(int)row["time"], (int)row["airmass"], (int)row["x"], (int)row["sky"]];
            DetrendingResult fit = Detrending.Fit(flux, terms, orders, model);
            Assert.Equal(row["bic"], fit.Bic, 1e-6);
            Assert.Equal(Math.Sqrt(row["rss"] / flux.Length), fit.ResidualScatter, 1e-9);
            if (row["bic"] < lowest)
            {
                (lowest, best) = (row["bic"], orders);
            }
        }
        DetrendingResult chosen = Detrending.Choose(flux, terms, model);
        Assert.Equal(best, chosen.Orders);
        Assert.Equal("time^2 + x", chosen.Formula);
        for (int i = 0; i < flux.Length; i++)
        {
            Assert.Equal(trend[i], chosen.Trend[i], 1e-9 * trend[i]);
            Assert.Equal(flux[i] / trend[i], chosen.Detrended[i], 1e-9);
        }
        Assert.True(chosen.Bic < chosen.BicConstant - 100);
    }

    [Fact]
    public void Masked_points_do_not_count_but_are_corrected()
    {
        (DetrendingTerm[] terms, double[] model, double[] flux, _) = Data();
        bool[] masked = [.. flux.Select((_, i) => i % 4 == 1)];
        double[] spoilt = [.. flux.Select((f, i) => masked[i] ? 0.5 * f : f)];
        DetrendingResult without = Detrending.Fit([.. flux.Select((f, i) => masked[i] ? double.NaN : f)], terms, [2, 0, 1, 0], model);
        DetrendingResult with = Detrending.Fit(spoilt, terms, [2, 0, 1, 0], model, masked);
        Assert.Equal(without.Points, with.Points);
        Assert.Equal(without.Bic, with.Bic, 1e-6);
        for (int i = 0; i < flux.Length; i++)
        {
            Assert.Equal(masked[i] ? spoilt[i] / with.Trend[i] : without.Detrended[i], with.Detrended[i], 1e-9);
            Assert.True(double.IsFinite(with.Trend[i]));
        }
    }

    [Fact]
    public void White_noise_calls_for_no_trend_and_gaps_stay_gaps()
    {
        const ulong seed = 61;
        var random = new SeededRandom(seed);
        (DetrendingTerm[] terms, _, double[] flux, _) = Data();
        double[] white = [.. flux.Select(_ => 1 + (0.002 * random.Normal()))];
        white[3] = double.NaN;
        DetrendingResult fit = Detrending.Choose(white, terms);
        Assert.Equal("constant", fit.Formula);
        Assert.True(double.IsNaN(fit.Trend[3]) && double.IsNaN(fit.Detrended[3]));
        Assert.Equal(white.Length - 1, fit.Points);
    }

    [Fact]
    public void Impossible_trends_are_refused()
    {
        double[] flux = [1, 1.1, 1, 0.9, 1];
        var constant = new DetrendingTerm("sky", [7, 7, 7, 7, 7], 1);
        Assert.Equal("constant", Detrending.Choose(flux, [constant]).Formula);
        Assert.Throws<ArgumentException>(() => Detrending.Fit(flux, [constant], [1]));
        Assert.Throws<ArgumentException>(() => Detrending.Choose(flux, [new DetrendingTerm("sky", [7, double.NaN, 7, 7, 7], 1)]));
        Assert.Throws<ArgumentException>(() => Detrending.Choose([1, double.NaN, 1], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DetrendingTerm("sky", [], 9));
        DetrendingTerm[] many = [.. Enumerable.Range(0, 12).Select(i => new DetrendingTerm($"t{i}", [1, 2, 4, 3, 5], 5))];
        Assert.Throws<ArgumentException>(() => Detrending.Choose(flux, many));
    }

    private static (DetrendingTerm[] Terms, double[] Model, double[] Flux, double[] Trend) Data()
    {
        ReferenceRow[] rows = [.. Reference.Rows("detrending.csv")];
        double[] Column(string name) => [.. rows.Select(r => r[name])];
        DetrendingTerm[] terms =
        [
            new("time", Column("time"), 2),
            new("airmass", Column("airmass"), 2),
            new("x", Column("x"), 1),
            new("sky", Column("sky"), 1),
        ];
        return (terms, Column("model"), Column("flux"), Column("trend"));
    }
}
