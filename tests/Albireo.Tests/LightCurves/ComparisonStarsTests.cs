using Albireo.Science.LightCurves;
using Albireo.Science.Numerics;

namespace Albireo.Tests.LightCurves;

public sealed class ComparisonStarsTests
{
    private const ulong Seed = 51;
    private const int Frames = 120;

    /// <summary>0 target; 1, 2, 3 good; 4 variable; 5 faint; 6 bright; 7 saturated once; 8 drifting; 9 beside 3; 10 good; 11 of another colour.</summary>
    private static readonly double[] Levels = [20000, 22000, 15000, 30000, 25000, 2000, 900000, 21000, 26000, 5000, 18000, 24000];

    [Fact]
    public void Each_star_is_in_or_out_for_its_reason()
    {
        ComparisonOptions options = new()
        {
            Unusable = 1,
            IsolationPixels = 10,
            TrendLimit = 2,
        };
        ComparisonChoice choice = ComparisonStars.Choose(Night(), 0, options, Facts());
        Assert.Equal([1, 2, 10], choice.Comparisons.Order());
        string[] words =
        [
            "target",
            "",
            "",
            "neighbour",
            "scatters",
            "faint",
            "bright",
            "flagged in 1 of",
            "drifts",
            "neighbour",
            "",
            "colour",
        ];
        for (int star = 0; star < Levels.Length; star++)
        {
            Assert.Equal(star, choice.Verdicts[star].Star);
            Assert.Equal(words[star].Length == 0, choice.Verdicts[star].IsComparison);
            if (words[star].Length > 0)
            {
                Assert.Contains(words[star], choice.Verdicts[star].Reason, StringComparison.Ordinal);
            }
        }
        Assert.Equal(1, choice.Verdicts.Sum(v => v.Weight), 1e-6);
        Assert.Equal(Frames, choice.JudgedFrames.Length);
    }

    [Theory]
    [InlineData(1, new[] { 1, 10 })]
    [InlineData(3, new[] { 1, 2, 10 })]
    [InlineData(0, new[] { 1, 2, 10 })]
    public void Stars_of_unknown_colour_join_only_where_known_ones_are_too_few(int enough, int[] expected)
    {
        ComparisonOptions options = new()
        {
            Unusable = 1,
            IsolationPixels = 10,
            EnoughOfKnownColour = enough,
        };
        ComparisonChoice choice = ComparisonStars.Choose(Night(), 0, options, Facts());
        Assert.Equal(expected, choice.Comparisons.Order());
        StarVerdict unknown = choice.Verdicts[2];
        Assert.Contains("its colour is not known", unknown.Reason, StringComparison.Ordinal);
        Assert.Contains("its colour within 0.00 mag", choice.Verdicts[1].Reason, StringComparison.Ordinal);
        Assert.Contains("1.50 mag redder than the target", choice.Verdicts[11].Reason, StringComparison.Ordinal);
        Assert.Equal(11, ComparisonStars.Choose(Night(), 0, options with { Locked = [11] }, Facts()).Comparisons.Intersect([11]).Single());
        // Without the target's colour nobody is judged by it.
        StarFacts dark = Facts() with
        {
            Colour = [.. Facts().Colour.Select((c, i) => i == 0 ? double.NaN : c)],
        };
        Assert.Contains(11, ComparisonStars.Choose(Night(), 0, options, dark).Comparisons);
    }

    [Fact]
    public void Bans_locks_and_the_check_star_are_obeyed()
    {
        ComparisonOptions options = new()
        {
            Unusable = 1,
            Banned = [1],
            Locked = [4, 5],
            Check = 2,
        };
        ComparisonChoice choice = ComparisonStars.Choose(Night(), 0, options);
        Assert.Contains(4, choice.Comparisons);
        Assert.DoesNotContain(1, choice.Comparisons);
        Assert.DoesNotContain(2, choice.Comparisons);
        Assert.Equal("banned by hand", choice.Verdicts[1].Reason);
        Assert.Equal("the check star", choice.Verdicts[2].Reason);
        ComparisonChoice few = ComparisonStars.Choose(Night(), 0, new ComparisonOptions { Unusable = 1, Most = 2 });
        Assert.Equal(2, few.Comparisons.Length);
        Assert.Contains(few.Verdicts, v => v.Reason.Contains("better ones", StringComparison.Ordinal));
    }

    [Fact]
    public void Automatic_stars_are_no_worse_than_two_given_ones()
    {
        StarFluxes fluxes = Night();
        ComparisonChoice choice = ComparisonStars.Choose(fluxes, 0, new ComparisonOptions { Unusable = 1 });
        double chosen = DifferentialPhotometry.Ensemble(fluxes, 0, choice.Comparisons, choice.FluxWeights, 1).PointToPointScatter();
        double given = DifferentialPhotometry.Ensemble(fluxes, 0, [1, 2], default, 1).PointToPointScatter();
        Assert.True(chosen < given * 1.02, $"{chosen} against {given} (seed {Seed})");
    }

    [Fact]
    public void Leaving_one_out_shows_what_it_does()
    {
        StarFluxes fluxes = Night();
        var effects = ComparisonStars.LeaveOneOut(fluxes, 0, [1, 2, 4], [1, 1, 1]);
        Assert.True(effects[2].Change > 1.4 * effects[0].Change, $"the variable star moves the curve (seed {Seed})");
        Assert.All(effects, e => Assert.True(e.Scatter > 0));
        Assert.True(double.IsNaN(ComparisonStars.LeaveOneOut(fluxes, 0, [1], [1])[0].Scatter));
    }

    [Fact]
    public void When_nobody_is_left_the_sentence_says_why()
    {
        ComparisonOptions all = new() { Banned = [.. Enumerable.Range(1, Levels.Length - 1)] };
        ArgumentException e = Assert.Throws<ArgumentException>(() => ComparisonStars.Choose(Night(), 0, all));
        Assert.Contains("banned by hand", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() =>
            ComparisonStars.Choose(new StarFluxes(2, 1, [1, 2], [1, 1]), 0, new ComparisonOptions())
        );
        Assert.Contains("no star besides", e.Message, StringComparison.Ordinal);
        double[] none = [.. Enumerable.Repeat(double.NaN, 6)];
        Assert.Throws<ArgumentException>(() => ComparisonStars.Choose(new StarFluxes(2, 3, none, none), 0, new ComparisonOptions()));
    }

    [Fact]
    public void Clouded_frames_do_not_count_against_the_stars()
    {
        StarFluxes night = Night();
        double[] flux = (double[])night.Flux.Clone();
        for (int star = 0; star < Levels.Length; star++)
        {
            flux[(5 * Levels.Length) + star] = double.NaN;
        }
        ComparisonChoice choice = ComparisonStars.Choose(
            new StarFluxes(Frames, Levels.Length, flux, night.Error, night.Flags),
            0,
            new ComparisonOptions { Unusable = 1 }
        );
        Assert.Equal(Frames - 1, choice.JudgedFrames.Length);
        Assert.Contains(1, choice.Comparisons);
    }

    [Fact]
    public void Stars_that_are_always_saturated_or_leave_the_field_do_not_make_frames_bad()
    {
        StarFluxes night = Night();
        const int extra = 20;
        int stars = Levels.Length + extra;
        var flux = new double[Frames * stars];
        var error = new double[flux.Length];
        var flags = new uint[flux.Length];
        for (int frame = 0; frame < Frames; frame++)
        {
            for (int star = 0; star < stars; star++)
            {
                bool isOld = star < Levels.Length;
                flux[(frame * stars) + star] =
                    isOld ? night.Flux[(frame * Levels.Length) + star]
                    : star % 2 == 0 && frame > 20 ? double.NaN
                    : 50000;
                error[(frame * stars) + star] = 100;
                flags[(frame * stars) + star] = isOld ? night.Flags![(frame * Levels.Length) + star] : 1u;
            }
        }
        ComparisonChoice choice = ComparisonStars.Choose(
            new StarFluxes(Frames, stars, flux, error, flags),
            0,
            new ComparisonOptions { Unusable = 1 }
        );
        Assert.Equal(Frames, choice.JudgedFrames.Length);
        Assert.All([1, 2, 3, 10], star => Assert.Contains(star, choice.Comparisons));
    }

    [Fact]
    public void A_star_that_misses_a_frame_is_better_than_none()
    {
        StarFluxes night = Night();
        ComparisonOptions only = new() { Unusable = 1, Banned = [.. Enumerable.Range(1, Levels.Length - 1).Where(s => s != 7)] };
        ComparisonChoice choice = ComparisonStars.Choose(night, 0, only);
        Assert.Equal([7], choice.Comparisons);
        DifferentialCurve curve = DifferentialPhotometry.Ensemble(night, 0, choice.Comparisons, choice.FluxWeights, 1);
        Assert.Single(curve.ComparisonMissing, m => m);
    }

    private static StarFacts Facts() =>
        new()
        {
            X = [.. Levels.Select((_, i) => i == 9 ? 303.0 : 100.0 * i)],
            Y = [.. Levels.Select((_, i) => i == 9 ? 4.0 : 0)],
            Colour =
            [
                .. Levels.Select(
                    (_, i) =>
                        i == 11 ? 2.1
                        : i == 2 ? double.NaN
                        : 0.6
                ),
            ],
        };

    private static StarFluxes Night()
    {
        var random = new SeededRandom(Seed);
        var flux = new double[Frames * Levels.Length];
        var error = new double[flux.Length];
        var flags = new uint[flux.Length];
        for (int i = 0; i < flux.Length; i++)
        {
            int star = i % Levels.Length;
            double phase = (i / Levels.Length) / (double)Frames;
            double light = Levels[star] * (1 + (0.1 * Math.Sin(7 * phase)));
            light *= star == 4 ? 1 + (0.08 * Math.Sin(40 * phase)) : 1;
            light *= star == 8 ? 1 + (0.06 * phase) : 1;
            error[i] = Math.Sqrt(light + 500);
            flux[i] = light + (error[i] * random.Normal());
        }
        flags[(30 * Levels.Length) + 7] = 1;
        return new StarFluxes(Frames, Levels.Length, flux, error, flags);
    }
}
