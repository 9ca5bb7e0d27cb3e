using Albireo.Science.Images;
using Albireo.Science.Matching;
using Albireo.Science.Numerics;

namespace Albireo.Tests.Matching;

public class ShiftVotingTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_shift_of_a_field_is_found_to_a_fraction_of_a_pixel(bool independent)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var random = SeededRandom.Child(10, seed);
            (double dx, double dy) = (random.Uniform(-150, 150), random.Uniform(-150, 150));
            PixelPosition[] reference = Field(random, 60);
            PixelPosition[] frame =
            [
                .. reference
                    .Select(p => new PixelPosition(p.X + dx + (0.1 * random.Normal()), p.Y + dy + (0.1 * random.Normal())))
                    .Skip(15),
                .. Field(random, 15),
            ];
            ShiftVote? vote = ShiftVoting.Find(reference, frame, new ShiftVoteOptions { IndependentAxes = independent }, out string reason);
            Assert.True(vote is not null, $"seed {seed}: {reason}");
            Assert.Equal(dx, vote.Value.X, 0.15);
            Assert.Equal(dy, vote.Value.Y, 0.15);
            Assert.InRange(vote.Value.Votes, 43, 55);
            Assert.Equal(dx, vote.Value.CoarseX, 1.6);
            PixelPosition moved = vote.Value.Transform.Apply(reference[20]);
            Assert.Equal(reference[20].X + dx, moved.X, 0.15);
        }
    }

    [Fact]
    public void Axes_that_vote_apart_may_elect_different_pairs_and_together_do_not()
    {
        // Ten pairs agree on (50, 20); eleven others agree on −80 along x only, eleven more on 90 along y only.
        var random = new SeededRandom(4);
        var reference = new List<PixelPosition>();
        var frame = new List<PixelPosition>();
        for (int i = 0; i < 10; i++)
        {
            PixelPosition p = new(random.Uniform(0, 1e5), random.Uniform(0, 1e5));
            reference.Add(p);
            frame.Add(new PixelPosition(p.X + 50, p.Y + 20));
        }
        for (int i = 0; i < 22; i++)
        {
            PixelPosition p = new(random.Uniform(0, 1e5), random.Uniform(0, 1e5));
            reference.Add(p);
            frame.Add(
                i < 11 ? new PixelPosition(p.X - 80, p.Y + (9 * (i - 6)) + 1) : new PixelPosition(p.X + (9 * (i - 17)) + 1, p.Y + 90)
            );
        }
        PixelPosition[] from = [.. reference];
        PixelPosition[] to = [.. frame];
        Assert.Null(ShiftVoting.Find(from, to, new ShiftVoteOptions { IndependentAxes = true }, out string reason));
        Assert.Contains("different pairs", reason);
        ShiftVote? vote = ShiftVoting.Find(from, to, new ShiftVoteOptions(), out _);
        Assert.Equal(50, vote!.Value.X, 1e-9);
        Assert.Equal(20, vote.Value.Y, 1e-9);
        Assert.Equal(10, vote.Value.Votes);
    }

    [Fact]
    public void No_stars_or_none_near_are_a_reason()
    {
        Assert.Null(ShiftVoting.Find([], [], new ShiftVoteOptions(), out string reason));
        Assert.Contains("200", reason);
        Assert.Null(ShiftVoting.Find([new(0, 0)], [new(500, 0)], new ShiftVoteOptions(), out _));
        Assert.Null(ShiftVoting.Find([new(0, 0)], [new(double.NaN, 0)], new ShiftVoteOptions(), out _));
    }

    private static PixelPosition[] Field(SeededRandom random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new PixelPosition(random.Uniform(0, 700), random.Uniform(0, 700)))];
}
