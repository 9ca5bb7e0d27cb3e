using System.Globalization;
using Albireo.Science.LightCurves;
using Albireo.Science.Numerics;
using Albireo.Science.Transits;

namespace Albireo.Tests.Transits;

public sealed class TransitFitTests
{
    private const int Points = 160;

    private static readonly TransitParameters Truth = new()
    {
        PeriodDays = 2.15,
        MidTransitDays = 0.14,
        RadiusRatio = 0.12,
        ScaledSemiMajorAxis = 6.2,
        InclinationDegrees = 87.5,
        LimbDarkening = new LimbDarkening(0.4, 0.2),
    };

    private static readonly TransitFitOptions Options = new()
    {
        PeriodDays = FitPrior.Held(2.15),
        U1 = FitPrior.Held(0.4),
        U2 = FitPrior.Held(0.2),
        ScaledSemiMajorAxis = FitPrior.Uniform(3, 12),
        AutocorrelationTimes = 25,
    };

    [Fact]
    public void A_noisy_transit_with_an_airmass_slope_comes_back()
    {
        const ulong seed = 21;
        (double[] times, double[] flux, double[] errors) = Night(seed, 0.0015, 0);
        double[] airmass = Array.ConvertAll(times, t => 1.1 + (3 * (t - 0.1) * (t - 0.1)));
        for (int i = 0; i < flux.Length; i++)
        {
            flux[i] *= 0.8 * (1 + (0.02 * (airmass[i] - 1.2)));
            errors[i] *= 0.8;
        }
        TransitFitResult fit = TransitFit.Run(
            times,
            flux,
            errors,
            Options with
            {
                Baseline = [new BaselineTerm("airmass", airmass)],
                AutocorrelationTimes = 50,
            }
        );
        Assert.True(fit.Converged, $"{fit.AutocorrelationSteps} steps (seed {seed})");
        Assert.True(fit.Steps >= 50 * fit.AutocorrelationSteps);
        Near(fit["tc"], Truth.MidTransitDays, seed);
        Near(fit["rp_rs"], Truth.RadiusRatio, seed);
        Near(fit["t14"], Truth.DurationDays, seed);
        Near(fit["depth"], Truth.Depth, seed);
        double mean = 1 + (0.02 * (airmass.Average() - 1.2));
        Near(fit["baseline_constant"], 0.8 * mean, seed);
        Near(fit["baseline_airmass"], 0.016, seed);
        Assert.Empty(fit.Doubts);
        Assert.True(fit.BicNoTransit - fit.Bic > 100);
        Assert.Equal(0, fit["period"].Error);
        Assert.Equal("held", fit["period"].Prior);
        Assert.InRange(fit.ResidualScatter, 0.0015 * 0.8 * 0.85, 0.0015 * 0.8 * 1.15);
        Assert.Equal(flux[3], (fit.Transit[3] * fit.Baseline[3]) + fit.Residuals[3], 1e-12);
    }

    [Fact]
    public void The_same_seed_gives_the_same_fit()
    {
        (double[] times, double[] flux, double[] errors) = Night(22, 0.002, 0);
        TransitFitOptions options = Options with { MaximumSteps = 600, Seed = 5 };
        TransitFitResult one = TransitFit.Run(times, flux, errors, options);
        TransitFitResult two = TransitFit.Run(times, flux, errors, options);
        Assert.Equal(one.Values, two.Values);
        Assert.NotEqual(one.Values, TransitFit.Run(times, flux, errors, options with { Seed = 6 }).Values);
    }

    [Fact]
    public void A_chain_that_is_too_short_is_said_to_be()
    {
        (double[] times, double[] flux, double[] errors) = Night(23, 0.002, 0);
        TransitFitResult fit = TransitFit.Run(times, flux, errors, Options with { MaximumSteps = 100 });
        Assert.False(fit.Converged);
        Assert.Contains(fit.Doubts, d => d.Contains("gave up", StringComparison.Ordinal));
    }

    [Fact]
    public void A_flat_curve_calls_for_no_transit()
    {
        (double[] times, _, double[] errors) = Night(24, 0.002, 0);
        var random = new SeededRandom(24);
        double[] flux = Array.ConvertAll(times, _ => 1 + (0.002 * random.Normal()));
        TransitFitResult fit = TransitFit.Run(times, flux, errors, Options with { MaximumSteps = 200 });
        Assert.Contains(fit.Doubts, d => d.Contains("do not call for a transit", StringComparison.Ordinal));
    }

    [Fact]
    public void A_night_that_begins_in_transit_is_doubted()
    {
        (double[] times, double[] flux, double[] errors) = Night(25, 0.002, 0);
        int from = Array.FindIndex(times, t => t > Truth.MidTransitDays - 0.02);
        TransitFitResult fit = TransitFit.Run(
            times.AsSpan(from),
            flux.AsSpan(from),
            errors.AsSpan(from),
            Options with
            {
                MaximumSteps = 200,
            }
        );
        Assert.Contains(fit.Doubts, d => d.Contains("before the transit", StringComparison.Ordinal));
    }

    [Fact]
    public void Unknown_errors_are_taken_from_the_scatter()
    {
        (double[] times, double[] flux, double[] errors) = Night(26, 0.002, 0);
        var unknown = new double[times.Length];
        Array.Fill(unknown, double.NaN);
        TransitFitOptions options = Options with { ApplyRedNoise = false };
        TransitFitResult with = TransitFit.Run(times, flux, errors, options);
        TransitFitResult without = TransitFit.Run(times, flux, unknown, options);
        Assert.Equal(with["tc"].Error, without["tc"].Error, 0.1 * with["tc"].Error);
        Assert.Equal(with["tc"].Value, without["tc"].Value, 0.2 * with["tc"].Error);
    }

    [Fact]
    public void Priors_are_obeyed()
    {
        (double[] times, double[] flux, double[] errors) = Night(27, 0.004, 0);
        TransitFitResult fit = TransitFit.Run(
            times,
            flux,
            errors,
            Options with
            {
                PeriodDays = FitPrior.Normal(2.15, 1e-6),
                ScaledSemiMajorAxis = FitPrior.Normal(6.2, 0.01),
                InclinationDegrees = FitPrior.Normal(87.5, 0.05),
                U1 = FitPrior.Normal(0.4, 0.02),
                U2 = FitPrior.Normal(0.2, 0.02),
                ExposureDays = 60 / 86400.0,
            }
        );
        Assert.Equal(0.01, fit["a_rs"].Error, 0.003);
        Assert.Equal(0.05, fit["inclination"].Error, 0.015);
        Assert.Equal(1e-6, fit["period"].Error, 3e-7);
        Near(fit["rp_rs"], Truth.RadiusRatio, 27);
        Assert.True(fit.Converged);
    }

    [Fact]
    public void Impossible_data_are_refused_in_a_sentence()
    {
        (double[] times, double[] flux, double[] errors) = Night(28, 0.002, 0);
        Assert.Throws<ArgumentException>(() => TransitFit.Run(times.AsSpan(0, 5), flux.AsSpan(0, 5), errors.AsSpan(0, 5), Options));
        Assert.Throws<ArgumentException>(() => TransitFit.Run(times.AsSpan(0, 3), flux.AsSpan(0, 3), errors.AsSpan(0, 3), Options));
        double[] backwards = (double[])times.Clone();
        Array.Reverse(backwards);
        Assert.Throws<ArgumentException>(() => TransitFit.Run(backwards, flux, errors, Options));
        double[] gap = (double[])times.Clone();
        gap[7] = double.NaN;
        Assert.Throws<ArgumentException>(() =>
            TransitFit.Run(times, flux, errors, Options with { Baseline = [new BaselineTerm("sky", gap)] })
        );
        Assert.Equal(Points - 1, TransitFit.Run(gap, flux, errors, Options with { MaximumSteps = 50 }).Points);
    }

    [Fact]
    public void Pulls_of_injected_transits_in_white_noise() => CheckPulls(16, 0.002, 0, false, 10000);

    [Fact]
    public void Pulls_of_injected_transits_in_red_noise() => CheckPulls(12, 0.002, 0.001, true, 20000);

    [Fact(Explicit = true)]
    public void Pulls_of_400_injected_transits_in_white_noise() => CheckPulls(400, 0.002, 0, false, 10000);

    [Fact(Explicit = true)]
    public void Pulls_of_400_injected_transits_in_red_noise() => CheckPulls(400, 0.002, 0.001, true, 20000);

    /// <summary>
    /// Width and mean of the pulls. The truth of each transit is drawn from the priors that its fit is given, as a posterior demands; with
    /// fewer than 400 transits the limits are wider by three standard errors, and the chains shorter.
    /// </summary>
    private static void CheckPulls(int transits, double white, double red, bool beta, ulong seed)
    {
        bool all = transits >= 400;
        double[][] pulls = [new double[transits], new double[transits], new double[transits]];
        for (int t = 0; t < transits; t++)
        {
            var random = SeededRandom.Child(seed, (ulong)t);
            double a = Math.Exp(random.Uniform(Math.Log(5), Math.Log(8)));
            TransitParameters truth = Truth with
            {
                MidTransitDays = random.Uniform(0.13, 0.15),
                RadiusRatio = random.Uniform(0.09, 0.15),
                ScaledSemiMajorAxis = a,
                InclinationDegrees = TransitParameters.InclinationOf(random.Uniform(0, 0.8), a),
            };
            (double[] times, double[] flux, double[] errors) = Night(seed + (ulong)t, white, red, truth);
            TransitFitOptions options = Options with
            {
                ScaledSemiMajorAxis = null,
                ImpactParameter = FitPrior.Uniform(0, 0.8),
                ApplyRedNoise = beta,
                AutocorrelationTimes = all ? 50 : 20,
                Seed = seed + (ulong)t,
            };
            TransitFitResult fit = TransitFit.Run(times, flux, errors, options);
            pulls[0][t] = Pull(fit["tc"], truth.MidTransitDays);
            pulls[1][t] = Pull(fit["rp_rs"], truth.RadiusRatio);
            pulls[2][t] = Pull(fit["t14"], truth.DurationDays);
            Assert.True(fit.Converged, $"seed {seed + (ulong)t}");
        }
        string[] names = ["tc", "rp_rs", "t14"];
        for (int p = 0; p < 3; p++)
        {
            double width = SeriesStatistics.StandardDeviation(pulls[p], 1);
            double mean = SeriesStatistics.Mean(pulls[p]);
            string text = string.Create(
                CultureInfo.InvariantCulture,
                $"{names[p]}: width {width:F3}, mean {mean:F3} over {transits} (seeds from {seed})"
            );
            TestContext.Current.TestOutputHelper?.WriteLine(text);
            double slack = all ? 0 : 3 / Math.Sqrt(2.0 * transits);
            (double low, double high) = beta ? (0.8 - slack, 1.3 + slack) : (0.9 - slack, 1.1 + slack);
            Assert.True(width > low && width < high, text);
            Assert.True(Math.Abs(mean) < 0.15 + (all ? 0 : 3 / Math.Sqrt(transits)), text);
        }
    }

    private static double Pull(FittedValue value, double truth) =>
        (value.Value - truth) / (truth > value.Value ? value.ErrorPlus : value.ErrorMinus);

    private static void Near(FittedValue value, double truth, ulong seed) =>
        Assert.True(Math.Abs(Pull(value, truth)) < 3.5, $"{value} instead of {truth} (seed {seed})");

    /// <summary>A night of 0.28 days; red noise is an Ornstein–Uhlenbeck process of 15 minutes.</summary>
    private static (double[] Times, double[] Flux, double[] Errors) Night(
        ulong seed,
        double white,
        double red,
        TransitParameters? planet = null
    )
    {
        var random = new SeededRandom(seed);
        var times = new double[Points];
        var flux = new double[Points];
        var errors = new double[Points];
        for (int i = 0; i < Points; i++)
        {
            times[i] = 0.28 * i / Points;
        }
        TransitModel.Flux(planet ?? Truth, times, flux);
        double keep = Math.Exp(-(times[1] - times[0]) * 1440 / 15);
        double slow = red * random.Normal();
        for (int i = 0; i < Points; i++)
        {
            flux[i] += (white * random.Normal()) + slow;
            slow = (slow * keep) + (red * Math.Sqrt(1 - (keep * keep)) * random.Normal());
            errors[i] = white;
        }
        return (times, flux, errors);
    }
}
