using Albireo.Science.Detection;

namespace Albireo.Science.Matching;

/// <summary>
/// Matches frames by a pure shift that pairs of stars vote for (system 1), and accepts the outcome by the same test as
/// <see cref="FrameMatcher"/>: chance must not do as well. Safe to use from several threads at once.
/// </summary>
public sealed class ShiftMatcher
{
    private readonly ShiftVoteOptions votes;
    private readonly MatchOptions options;
    private readonly StarList reference;

    /// <summary>Prepares the reference's stars.</summary>
    /// <param name="reference">The reference's stars, brightest first.</param>
    /// <param name="votes">How the shift is voted for.</param>
    /// <param name="options">How it is verified; what concerns asterisms has no meaning here.</param>
    public ShiftMatcher(IReadOnlyList<Source> reference, ShiftVoteOptions votes, MatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(votes);
        ArgumentNullException.ThrowIfNull(options);
        this.votes = votes;
        this.options = options;
        this.reference = new StarList(reference, options.CheckStars);
    }

    /// <summary>Matches one frame.</summary>
    /// <param name="frame">Its stars, brightest first.</param>
    /// <param name="reason">Empty, or a sentence that says why there is no match.</param>
    /// <returns>Null where there is no match that chance could not explain.</returns>
    public FrameMatch? Match(IReadOnlyList<Source> frame, out string reason)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var stars = new StarList(frame, options.CheckStars);
        if (reference.Count < 4 || stars.Count < 4)
        {
            reason = $"Too few stars to match: {reference.Count} in the reference, {stars.Count} in the frame, 4 needed in each.";
            return null;
        }
        if (ShiftVoting.Find(reference.Positions, stars.Positions, votes, out reason) is not { } vote)
        {
            return null;
        }
        using var search = new MatchSearch(reference, stars, options);
        // Every pair of bins could have won.
        FrameMatch? match = search.Accept(vote.Transform, (double)votes.Bins * votes.Bins);
        reason = match is null
            ? FormattableString.Invariant(
                $"The shift ({vote.X:F2}, {vote.Y:F2}) that {vote.Votes} pairs of stars vote for brings too few of the {reference.Count} stars of the reference onto the frame's {stars.Count}: chance explains it."
            )
            : "";
        return match;
    }
}
