using Albireo.Science.Detection;
using Albireo.Science.Matching;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Matching;

public class FrameMatcherTests
{
    private const double Width = 1000;
    private const double Height = 800;

    public static TheoryData<double, double, bool, double, double> Geometries =>
        new()
        {
            { 1, 0, false, 0, 0 },
            { 1, 0, false, 273, -163 },
            { 1, 180, false, 1005, 790 },
            { 1, 30, false, 150, -250 },
            { 1, -97.3, false, 40, 900 },
            { 0.81, 12, false, 100, 50 },
            { 1.2, -5, false, -100, -80 },
            { 1, 0, true, 0, 800 },
            { 1.1, 143, true, 900, 200 },
            { 0.9, 90, true, 100, 20 },
        };

    [Theory]
    [MemberData(nameof(Geometries))]
    public void Any_rotation_shift_reflection_and_scale_is_found(double scale, double rotation, bool reflected, double dx, double dy)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var random = SeededRandom.Child(100, seed);
            List<Source> sky = StarLists.Field(random, 400, 3 * Width, 3 * Height);
            sky = [.. sky.Select(s => s with { X = s.X - Width, Y = s.Y - Height })];
            PlaneTransform truth = PlaneTransform.FromSimilarity(scale, rotation, reflected, dx, dy);
            List<Source> reference = StarLists.View(random, sky, PlaneTransform.Identity, Width, Height);
            List<Source> frame = StarLists.View(random, sky, truth, Width, Height);
            var matcher = new FrameMatcher(reference, new MatchOptions());
            FrameMatch? match = matcher.Match(frame, out string reason);
            // Where hardly any sky is common there may be no match, but never a wrong one.
            int common = reference.Count(s => Inside(truth, s));
            Assert.True(match is not null || common < 20, $"seed {seed}: {common} in common: {reason}");
            if (match is not null)
            {
                AssertClose(truth, match, seed);
                Assert.Equal(reflected, match.Transform.IsReflected);
                Assert.InRange(match.ResidualPixels, 0.05, 0.5);
                Assert.True(match.FalseMatchProbability <= 1e-6);
                Assert.Equal(match.MatchedStars, match.Pairs.Count);
                Assert.Equal("", reason);
            }
        }
    }

    [Fact]
    public void Half_of_the_sources_may_be_spurious()
    {
        int found = 0;
        for (ulong seed = 0; seed < 100; seed++)
        {
            var random = SeededRandom.Child(200, seed);
            List<Source> sky = StarLists.Field(random, 120, Width, Height);
            PlaneTransform truth = PlaneTransform.FromSimilarity(1, random.Uniform(-180, 180), random.Uniform() < 0.5, 0, 0);
            truth = Centred(truth, random.Uniform(-100, 100), random.Uniform(-100, 100));
            List<Source> reference = StarLists.View(random, sky, PlaneTransform.Identity, Width, Height, spurious: 0.5);
            List<Source> frame = StarLists.View(random, sky, truth, Width, Height, jitter: 0.3, spurious: 0.5);
            FrameMatch? match = new FrameMatcher(reference, new MatchOptions()).Match(frame, out _);
            if (match is not null)
            {
                found++;
                AssertClose(truth, match, seed, 1.0);
            }
        }
        Assert.True(found >= 98, $"{found} of 100");
    }

    [Fact]
    public void Thousands_of_stars_are_matched()
    {
        var random = new SeededRandom(300);
        List<Source> sky = StarLists.Field(random, 6000, 4000, 4000);
        PlaneTransform truth = PlaneTransform.FromSimilarity(1.03, 71, false, 2500, -900);
        FrameMatch? match = new FrameMatcher(StarLists.View(random, sky, PlaneTransform.Identity, 4000, 4000), new MatchOptions()).Match(
            StarLists.View(random, sky, truth, 4000, 4000),
            out string reason
        );
        Assert.True(match is not null, reason);
        AssertClose(truth, match, 300);
    }

    [Fact]
    public void A_fixed_pattern_of_hot_pixels_does_not_pass_for_the_sky()
    {
        for (ulong seed = 0; seed < 30; seed++)
        {
            var random = SeededRandom.Child(400, seed);
            List<Source> sky = StarLists.Field(random, 150, 2 * Width, 2 * Height);
            List<Source> hot = StarLists.Field(random, 80, Width, Height);
            PlaneTransform truth = PlaneTransform.FromSimilarity(
                1,
                random.Uniform(-2, 2),
                false,
                -random.Uniform(20, 300),
                random.Uniform(-60, 60)
            );
            List<Source> reference = StarLists.Sorted([.. StarLists.View(random, sky, PlaneTransform.Identity, Width, Height), .. hot]);
            List<Source> frame = StarLists.Sorted([.. StarLists.View(random, sky, truth, Width, Height), .. hot]);
            FrameMatch? match = new FrameMatcher(reference, new MatchOptions()).Match(frame, out string reason);
            Assert.True(match is not null, $"seed {seed}: {reason}");
            AssertClose(truth, match, seed, 1.0);
        }
    }

    [Fact]
    public void Unrelated_fields_never_match()
    {
        int proposals = 0;
        for (ulong seed = 0; seed < 2000; seed++)
        {
            var random = SeededRandom.Child(500, seed);
            int n = 5 + random.Below(25);
            List<Source> reference = seed % 2 == 0 ? StarLists.Field(random, n, Width, Height) : Clustered(random, n);
            List<Source> frame = seed % 2 == 0 ? StarLists.Field(random, n, Width, Height) : Clustered(random, n);
            FrameMatch? match = new FrameMatcher(reference, new MatchOptions()).Match(frame, out string reason);
            Assert.True(match is null, $"seed {seed}: {match}");
            Assert.EndsWith(".", reason);
            proposals++;
        }
        Assert.Equal(2000, proposals);
    }

    [Fact]
    public void Rich_unrelated_fields_never_match()
    {
        for (ulong seed = 0; seed < 25; seed++)
        {
            var random = SeededRandom.Child(600, seed);
            List<Source> reference = StarLists.Field(random, 1500, Width, Height);
            List<Source> frame = StarLists.Field(random, 1500, Width, Height);
            Assert.Null(new FrameMatcher(reference, new MatchOptions()).Match(frame, out _));
        }
    }

    [Fact]
    public void Too_few_stars_are_a_reason()
    {
        var random = new SeededRandom(1);
        List<Source> field = StarLists.Field(random, 40, Width, Height);
        var matcher = new FrameMatcher(field, new MatchOptions());
        Assert.Null(matcher.Match([], out string reason));
        Assert.Contains("0 in the frame", reason);
        Assert.Null(new FrameMatcher([], new MatchOptions()).Match(field, out reason));
        Assert.Contains("0 in the reference", reason);
        List<Source> same = [.. Enumerable.Repeat(StarLists.Star(10, 10, 5), 50)];
        Assert.Null(matcher.Match(same, out _));
        Assert.Null(new FrameMatcher(same, new MatchOptions()).Match(same, out _));
        List<Source> nan = [.. field.Select(s => s with { X = double.NaN })];
        Assert.Null(matcher.Match(nan, out _));
    }

    [Fact]
    public void Matches_may_be_made_on_many_threads()
    {
        var random = new SeededRandom(7);
        List<Source> sky = StarLists.Field(random, 300, Width, Height);
        var matcher = new FrameMatcher(sky, new MatchOptions());
        List<List<Source>> frames =
        [
            .. Enumerable
                .Range(0, 12)
                .Select(i => StarLists.View(random, sky, PlaneTransform.FromSimilarity(1, i, false, 5 * i, 3), Width, Height)),
        ];
        PlaneTransform?[] serial = [.. frames.Select(f => matcher.Match(f, out _)?.Transform)];
        var parallel = new PlaneTransform?[frames.Count];
        Parallel.For(0, frames.Count, i => parallel[i] = matcher.Match(frames[i], out _)?.Transform);
        Assert.Equal(serial, parallel);
        Assert.All(serial, t => Assert.NotNull(t));
    }

    private static List<Source> Clustered(SeededRandom random, int n)
    {
        var stars = new List<Source>();
        for (int i = 0; i < n; i++)
        {
            double spread = i % 2 == 0 ? 30 : 400;
            stars.Add(StarLists.Star(500 + (spread * random.Normal()), 400 + (spread * random.Normal()), 1e5 * random.Uniform()));
        }
        return StarLists.Sorted(stars);
    }

    private static bool Inside(PlaneTransform t, Source s)
    {
        var p = t.Apply(s.X, s.Y);
        return p.X >= 0 && p.Y >= 0 && p.X < Width && p.Y < Height;
    }

    // A rotation about the middle of the picture, then a shift.
    private static PlaneTransform Centred(PlaneTransform t, double dx, double dy)
    {
        var c = t.Apply(Width / 2, Height / 2);
        return t with { C = t.C + (Width / 2) - c.X + dx, F = t.F + (Height / 2) - c.Y + dy };
    }

    private static void AssertClose(PlaneTransform truth, FrameMatch match, ulong seed, double tolerance = 0.6)
    {
        // Compared where stars were matched, which is where the transform is used.
        for (double x = 0; x <= Width; x += Width / 4)
        {
            for (double y = 0; y <= Height; y += Height / 4)
            {
                var q = truth.Apply(x, y);
                if (q.X < 0 || q.Y < 0 || q.X > Width || q.Y > Height)
                {
                    continue;
                }
                var p = match.Transform.Apply(x, y);
                Assert.True(
                    Math.Abs(p.X - q.X) < tolerance && Math.Abs(p.Y - q.Y) < tolerance,
                    $"seed {seed}: {q} became {p} ({match.MatchedStars} stars)"
                );
            }
        }
    }
}
